// SPDX-License-Identifier: Apache-2.0
import { changePassword, signIn } from './api.js';
import { field, form, h, notice, tell } from './dom.js';
import { t } from './texts.js';

/**
 * @param {string} message told above the form; may be empty
 * @param {(password: string) => Promise<void>} done
 */
export function signInForm(message, done) {
  const said = notice();
  const user = field(t('signIn.user'), { name: 'user', autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false', required: true, dir: 'auto' });
  const password = field(t('signIn.password'), { name: 'password', type: 'password', autocomplete: 'current-password', required: true });
  if (message) {
    tell(said, 'plain', message);
  }
  return h('main', { class: 'narrow' },
    form({ class: 'card' }, async () => {
      try {
        await signIn(user.input.value, password.input.value);
        await done(password.input.value);
      } catch (problem) {
        tell(said, 'bad', /** @type {Error} */ (problem).message);
        password.input.select();
      }
    },
    h('h1', {}, t('signIn.title')),
    said,
    user.row,
    password.row,
    h('button', { type: 'submit', class: 'main' }, t('signIn.button')),
    h('details', {}, h('summary', {}, t('signIn.first')), h('p', {}, t('signIn.firstHow')))),
  );
}

/**
 * @param {string} name who is signed in
 * @param {string} current the one-time password, if it has just been typed
 * @param {() => Promise<void>} done
 */
export function passwordForm(name, current, done) {
  const said = notice();
  const old = field(t('password.current'), { type: 'password', autocomplete: 'current-password', required: true, value: current });
  const next = field(t('password.new'), { type: 'password', autocomplete: 'new-password', required: true });
  const again = field(t('password.again'), { type: 'password', autocomplete: 'new-password', required: true });
  return h('main', { class: 'narrow' },
    form({ class: 'card' }, async () => {
      if (next.input.value !== again.input.value) {
        tell(said, 'bad', t('password.differ'));
        again.input.select();
        return;
      }
      try {
        await changePassword(old.input.value, next.input.value);
        await done();
      } catch (problem) {
        tell(said, 'bad', /** @type {Error} */ (problem).message);
        next.input.select();
      }
    },
    h('h1', {}, t('password.title')),
    h('p', { class: 'muted' }, t('password.why', { name })),
    said,
    current ? null : old.row,
    next.row,
    again.row,
    h('button', { type: 'submit', class: 'main' }, t('password.button'))),
  );
}
