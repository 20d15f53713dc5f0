// SPDX-License-Identifier: Apache-2.0
import { request, signOut, whenSignedOut, whoAmI } from './api.js';
import { ContactSearch } from './contacts.js';
import { busy, fill, h } from './dom.js';
import { importForm } from './import.js';
import { ModuleList } from './modules.js';
import { passwordForm, signInForm } from './sign-in.js';
import { LANGUAGES, choose, chosen, closest, language, speak, t } from './texts.js';

/** @import { Session } from './api.js' */

/**
 * Shows what fits whoever is there: signing in, changing a one-time password, or the start page.
 *
 * @param {{message?: string, password?: string}} [with_]
 */
async function show(with_ = {}) {
  const session = await whoAmI();
  const wanted = chosen() ?? (session ? closest([session.language]) : language());
  if (wanted !== language()) {
    await speak(wanted);
  }
  if (!session) {
    frame(null, signInForm(with_.message ?? '', (password) => show({ password })));
  } else if (session.mustChangePassword) {
    frame(session, passwordForm(session.name, with_.password ?? '', () => show()));
  } else {
    frame(session, await start(session));
  }
}

/**
 * The page around its content.
 *
 * @param {Session | null} session
 * @param {HTMLElement} content
 */
function frame(session, content) {
  const languages = h('select', {
    'aria-label': t('page.language'),
    onchange: async () => {
      choose(languages.value);
      await attempt(() => show());
      document.querySelector('select')?.focus();
    },
  }, ...Object.entries(LANGUAGES).map(([tag, name]) => h('option', { value: tag, lang: tag, selected: tag === language() }, name)));
  /** @type {HTMLButtonElement} */
  const leave = h('button', { type: 'button', onclick: () => busy(leave, () => attempt(async () => {
    await signOut();
    await show({ message: t('signIn.left') });
  })) }, t('page.signOut'));
  fill(document.body,
    h('header', {},
      h('span', { class: 'brand' }, h('img', { src: '/ui/icon.svg', alt: '', width: 28, height: 28 }), 'Trellis CRM'),
      h('div', { class: 'tools' },
        session && h('bdi', { class: 'muted name' }, session.name),
        languages,
        session && leave)),
    content);
  document.title = `${content.querySelector('h1')?.textContent} – Trellis CRM`;
  const first = content.querySelector('form.card input:not([value]), form.card input[value=""]');
  // What had the focus is gone; without a new place, the keyboard and screen readers would begin at the browser again.
  const place = first instanceof HTMLElement ? first : content.querySelector('h1');
  place?.setAttribute('tabindex', first ? '0' : '-1');
  place?.focus();
}

/**
 * What this person may do here.
 *
 * @param {Session} session
 */
async function start(session) {
  const [types, modules] = await Promise.all([
    request('GET', 'types').then((answer) => answer.items),
    // Not everybody may see the modules.
    request('GET', 'modules').then((answer) => answer.items, () => null),
  ]);
  const contact = types.find((/** @type {any} */ type) => type.name === 'contact');
  const mayImport = contact && contact.rights.create !== 'none' && contact.rights.update !== 'none';
  const search = contact && new ContactSearch();
  search?.refresh();
  return h('main', { class: 'start' },
    h('div', { class: 'intro' },
      h('h1', {}, t('start.title', { name: session.name })),
      h('p', { class: 'muted' }, t('start.early'))),
    h('div', { class: 'column' },
      search?.element,
      mayImport && importForm(() => search.refresh())),
    h('div', { class: 'column' },
      modules && new ModuleList(modules).element,
      forPrograms()));
}

function forPrograms() {
  return h('section', { class: 'card', 'aria-labelledby': 'programs' },
    h('h2', { id: 'programs' }, t('rest.title')),
    h('p', { class: 'muted' }, t('rest.text')),
    h('ul', { class: 'links' },
      ...[['/ui/rest.md', 'rest.guide'], ['/api/types', 'rest.types'], ['/health', 'rest.health']]
        .map(([address, text]) => h('li', {}, h('a', { href: address }, t(text))))));
}

/**
 * Runs something; if it fails, says so instead of the page.
 *
 * @param {() => Promise<void>} work
 */
async function attempt(work) {
  try {
    await work();
  } catch (problem) {
    frame(null, h('main', { class: 'narrow' },
      h('section', { class: 'card' },
        h('h1', {}, t('error.title')),
        h('p', { role: 'alert' }, /** @type {Error} */ (problem).message),
        h('button', { type: 'button', class: 'main', onclick: () => attempt(() => show()) }, t('error.again')))));
  }
}

whenSignedOut(() => attempt(() => show({ message: t('signIn.over') })));
await speak(chosen() ?? closest(navigator.languages));
await attempt(() => show());
