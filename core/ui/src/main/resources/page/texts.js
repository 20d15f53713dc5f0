// SPDX-License-Identifier: Apache-2.0

/** The languages of the page, by their own names. */
export const LANGUAGES = { en: 'English', cy: 'Cymraeg', mn: 'Монгол', 'zh-TW': '繁體中文', fa: 'فارسی' };

const RIGHT_TO_LEFT = ['fa'];
const CHOICE = 'trellis.language';

let current = 'en';
/** @type {Record<string, string>} */
let texts = {};

/** The language that the page speaks. */
export function language() {
  return current;
}

/**
 * The language of ours that is closest to those wanted.
 *
 * @param {readonly string[]} wanted
 * @returns {string}
 */
export function closest(wanted) {
  for (const tag of wanted) {
    const base = tag.split('-')[0].toLowerCase();
    const found = Object.keys(LANGUAGES).find((one) => one.split('-')[0] === base);
    if (found) {
      return found;
    }
  }
  return 'en';
}

/** What this person has chosen on this machine, if anything. */
export function chosen() {
  try {
    const choice = localStorage.getItem(CHOICE);
    return choice !== null && choice in LANGUAGES ? choice : null;
  } catch {
    // Storage may be forbidden; then the choice lasts as long as the page.
    return null;
  }
}

/** @param {string} language */
export function choose(language) {
  try {
    localStorage.setItem(CHOICE, language);
  } catch {
    // as above
  }
}

/**
 * Makes the page speak a language.
 *
 * @param {string} language one of {@link LANGUAGES}
 */
export async function speak(language) {
  const answer = await fetch(`/ui/texts/${language}.json`);
  if (!answer.ok) {
    throw new Error(`no texts in ${language}: ${answer.status}`);
  }
  texts = await answer.json();
  current = language;
  document.documentElement.lang = language;
  document.documentElement.dir = RIGHT_TO_LEFT.includes(language) ? 'rtl' : 'ltr';
}

/**
 * A text. Values are set apart by directional isolates: a Latin name must not turn a Persian sentence round.
 *
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function t(key, values = {}) {
  return (texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return value === undefined ? whole : `\u2068${typeof value === 'number' ? number(value) : value}\u2069`;
  });
}

/**
 * @param {number} value
 * @returns {string}
 */
export function number(value) {
  return new Intl.NumberFormat(current).format(value);
}
