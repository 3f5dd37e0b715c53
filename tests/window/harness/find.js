// Finds what a user would call by this role and name: [role, name] → element, or null where nothing visible is called so.
const kinds = {
  button: 'button, summary, [role=button]',
  box: 'input:not([type=checkbox]):not([type=radio]), textarea, select',
  choice: 'input[type=checkbox], input[type=radio], [role=radio], [role=option], option',
  heading: 'h1, h2, h3, h4',
  link: 'a[href]',
  row: 'tr, [role=row]',
  alert: '[role=alert]',
  grid: '[role=grid]',
  image: 'img, [role=img]',
}
const [role, name] = arguments
const tidy = (text) => (text ?? '').replace(/\s+/g, ' ').trim()
const seen = (element) => element.getClientRects().length > 0 && getComputedStyle(element).visibility === 'visible'
const words = (element) => tidy(element.innerText || element.textContent)
const called = (element) => {
  const by = (element.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id))
  if (by.some(Boolean)) return tidy(by.filter(Boolean).map((one) => one.textContent).join(' '))
  if (element.hasAttribute('aria-label')) return tidy(element.getAttribute('aria-label'))
  if (element.labels?.length > 0) return tidy([...element.labels].map((label) => label.textContent).join(' '))
  return words(element) || tidy(element.getAttribute('alt') ?? element.title)
}
// Behind a dialog nothing can be reached.
const around = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document
const all = [...around.querySelectorAll(kinds[role])].filter((element) => seen(element) || role === 'choice')
const named = all.map((element) => [element, called(element)])
const tiers = [(text) => text === name, (text) => text.startsWith(name), (text) => text.includes(name)]
for (const fits of tiers) {
  const found = named.find(([, text]) => fits(text))
  if (found) return found[0]
}
return null
