import { mount } from 'svelte'
import App from './App.svelte'
import './styles/tokens.css'
import './styles/base.css'
import './styles/print.css'
import { session } from './session.svelte'
import { applyTheme } from './theme'

applyTheme(session.theme)
void session.open()

const target = document.getElementById('app')
if (target !== null) mount(App, { target })
