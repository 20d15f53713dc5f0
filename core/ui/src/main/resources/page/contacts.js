// SPDX-License-Identifier: Apache-2.0
import { request } from './api.js';
import { field, fill, form, h, notice, tell } from './dom.js';
import { t } from './texts.js';

/**
 * @typedef {object} Contact
 * @property {string} id
 * @property {string} name
 * @property {string | null} jobTitle
 * @property {string | null} email
 * @property {string | null} phone
 * @property {{title?: string} | null} organization
 */

const PAUSE_WHILE_TYPING = 250;
const PAGE = '10';

/** Finds contacts by a part of their name; without one it shows the first of all. */
export class ContactSearch {
  #said = notice();
  #list = h('ul', { class: 'contacts' });
  #more = h('button', { type: 'button', hidden: true, onclick: () => this.#load(this.#next) }, t('search.more'));
  #text = field(t('search.label'), { type: 'search', autocomplete: 'off', dir: 'auto', oninput: () => this.#typed() });
  /** @type {string | null} */
  #next = null;
  #timer = 0;
  #asked = 0;

  element = h('section', { class: 'card', 'aria-labelledby': 'search' },
    h('h2', { id: 'search' }, t('search.title')),
    form({ role: 'search', class: 'row' }, () => this.refresh(),
      this.#text.row,
      h('button', { type: 'submit' }, t('search.button'))),
    this.#said,
    this.#list,
    this.#more);

  #typed() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.refresh(), PAUSE_WHILE_TYPING);
  }

  async refresh() {
    clearTimeout(this.#timer);
    await this.#load(null);
  }

  /** @param {string | null} after */
  async #load(after) {
    const text = this.#text.input.value.trim();
    const asked = ++this.#asked;
    /** @type {Record<string, string>} */
    const query = { sort: 'name', limit: PAGE, fields: 'name,jobTitle,email,phone,organization', expand: 'organization' };
    if (text) {
      query.filter = `name contains "${text.replace(/["\\]/g, '\\$&')}"`;
    }
    if (after) {
      query.after = after;
    }
    try {
      const page = await request('GET', 'contacts', { query });
      // Answers may overtake each other while somebody types.
      if (asked === this.#asked) {
        this.#show(text, page, after !== null);
      }
    } catch (problem) {
      if (asked === this.#asked) {
        tell(this.#said, 'bad', /** @type {Error} */ (problem).message);
      }
    }
  }

  /**
   * @param {string} text
   * @param {{items: Contact[], next: string | null}} page
   * @param {boolean} added whether it continues what is shown
   */
  #show(text, page, added) {
    const rows = page.items.map(row);
    if (added) {
      this.#list.append(...rows);
      rows[0]?.focus();
    } else {
      fill(this.#list, ...rows);
    }
    this.#next = page.next;
    this.#more.hidden = page.next === null;
    if (this.#list.childElementCount > 0) {
      tell(this.#said, 'plain');
    } else {
      tell(this.#said, 'plain', text ? t('search.none', { text }) : t('search.empty'));
    }
  }
}

/** @param {Contact} contact */
function row(contact) {
  const what = [contact.jobTitle, contact.organization?.title].filter(Boolean).join(' · ');
  return h('li', { tabindex: '-1' },
    h('span', { class: 'initials', 'aria-hidden': 'true' }, initials(contact.name)),
    h('div', { class: 'who' },
      h('strong', {}, h('bdi', {}, contact.name)),
      what ? h('span', { class: 'muted' }, h('bdi', {}, what)) : null),
    h('div', { class: 'reach' },
      contact.email ? h('a', { href: `mailto:${encodeURIComponent(contact.email).replace('%40', '@')}` }, h('bdi', { dir: 'ltr' }, contact.email)) : null,
      contact.phone ? h('a', { href: `tel:${contact.phone.replace(/[^+0-9]/g, '')}` }, h('bdi', { dir: 'ltr' }, contact.phone)) : null));
}

/** @param {string} name */
function initials(name) {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  return [words[0], words.length > 1 ? words[words.length - 1] : '']
    .map((word) => (word ? [...word][0] : ''))
    .join('\u200c')
    .toUpperCase();
}
