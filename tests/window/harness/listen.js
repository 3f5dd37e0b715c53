// Keeps what goes wrong in the page: what is thrown, what the security policy refuses, and dialogs that a script opens.
if (window.heard) return
window.heard = []
const say = (words) => window.heard.push(words)
addEventListener('error', (event) => say(`thrown: ${event.message}`))
addEventListener('unhandledrejection', (event) => say(`rejected: ${event.reason} ${JSON.stringify(event.reason)}`))
addEventListener('securitypolicyviolation', (event) => say(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`))
for (const name of ['alert', 'confirm', 'prompt']) window[name] = (words) => say(`${name}: ${words}`)
