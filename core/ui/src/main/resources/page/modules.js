// SPDX-License-Identifier: Apache-2.0
import { followJob, reason, request } from './api.js';
import { busy, fill, h, notice, tell } from './dom.js';
import { t } from './texts.js';

/**
 * @typedef {object} Module
 * @property {string} id
 * @property {string} version
 * @property {'available' | 'active' | 'failed'} state
 * @property {string} name
 * @property {string} description
 * @property {string | null} problem
 */

/** Installs and removes modules while the system serves. */
export class ModuleList {
  #said = notice();
  #list = h('ul', { class: 'modules' });

  element = h('section', { class: 'card', 'aria-labelledby': 'modules' },
    h('h2', { id: 'modules' }, t('modules.title')),
    h('p', { class: 'muted' }, t('modules.hint')),
    this.#said,
    this.#list);

  /** @param {Module[]} modules */
  constructor(modules) {
    this.#show(modules);
  }

  /** @param {Module[]} modules */
  #show(modules) {
    fill(this.#list, ...modules.map((module) => this.#row(module)));
    if (modules.length === 0) {
      tell(this.#said, 'plain', t('modules.none'));
    }
  }

  /** @param {Module} module */
  #row(module) {
    const action = module.state === 'available' ? 'install' : 'remove';
    const button = h('button', {
      type: 'button',
      'data-module': module.id,
      'aria-label': t(`modules.${action}Name`, { name: module.name }),
      onclick: () => busy(button, () => this.#act(module, action, button)),
    }, t(`modules.${action}`));
    return h('li', {},
      h('div', {},
        h('strong', {}, module.name),
        h('span', { class: `state ${module.state}` }, t(`modules.${module.state}`)),
        h('span', { class: 'muted', dir: 'ltr' }, module.version),
        h('p', { class: 'muted' }, module.problem ?? module.description)),
      button);
  }

  /**
   * @param {Module} module
   * @param {'install' | 'remove'} action
   * @param {HTMLButtonElement} button
   */
  async #act(module, action, button) {
    if (action === 'remove' && !(await confirmed(t('modules.removeQuestion', { name: module.name }), t('modules.remove')))) {
      return;
    }
    button.textContent = t(action === 'install' ? 'modules.installing' : 'modules.removing');
    tell(this.#said, 'plain');
    try {
      const job = await followJob((await request('POST', `modules/${module.id}/${action}`)).id);
      const list = (await request('GET', 'modules')).items;
      this.#show(list);
      const name = list.find((/** @type {Module} */ one) => one.id === module.id)?.name ?? module.name;
      tell(this.#said, job.state === 'done' ? 'good' : 'bad',
        job.state !== 'done' ? reason(job) : t(action === 'install' ? 'modules.installed' : 'modules.removed', { name }));
      /** @type {HTMLElement | null} */ (this.#list.querySelector(`[data-module="${CSS.escape(module.id)}"]`))?.focus();
    } catch (problem) {
      button.textContent = t(`modules.${action}`);
      tell(this.#said, 'bad', /** @type {Error} */ (problem).message);
    }
  }
}

/**
 * Asks before something that surprises.
 *
 * @param {string} question
 * @param {string} yes
 * @returns {Promise<boolean>}
 */
function confirmed(question, yes) {
  const dialog = h('dialog', { 'aria-labelledby': 'question' },
    h('form', { method: 'dialog' },
      h('p', { id: 'question' }, question),
      h('div', { class: 'buttons' },
        h('button', { value: '' }, t('modules.keep')),
        h('button', { value: 'yes', class: 'main' }, yes))));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
  });
}
