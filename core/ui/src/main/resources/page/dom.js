// SPDX-License-Identifier: Apache-2.0

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * An element. Attributes that begin with `on` are listeners, `true` and `false` set or leave out an attribute.
 *
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, String(value));
    }
  }
  fill(element, ...children);
  return element;
}

/**
 * Replaces what is in an element.
 *
 * @param {Element} element
 * @param {...Child} children
 */
export function fill(element, ...children) {
  element.replaceChildren(.../** @type {(Node | string)[]} */ (children.filter((child) => child || child === '')));
}

let count = 0;

/**
 * A labelled input.
 *
 * @param {string} label
 * @param {Record<string, any>} attributes
 * @returns {{row: HTMLElement, input: HTMLInputElement}}
 */
export function field(label, attributes) {
  const id = `field-${++count}`;
  const input = h('input', { id, ...attributes });
  return { row: h('div', { class: 'field' }, h('label', { for: id }, label), input), input };
}

/**
 * A form whose button is locked while its work is under way, so that nobody sends it twice.
 *
 * @param {Record<string, any>} attributes
 * @param {(form: HTMLFormElement) => Promise<void>} work
 * @param {...Child} children
 */
export function form(attributes, work, ...children) {
  // With another method, a page whose script failed would put what was typed into the address.
  return h('form', {
    method: 'post',
    ...attributes,
    onsubmit: async (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      const form = /** @type {HTMLFormElement} */ (event.currentTarget);
      await busy(form.querySelector('button[type=submit]'), () => work(form));
    },
  }, ...children);
}

/**
 * Locks a button while work is under way. It keeps the focus.
 *
 * @param {Element | null} button
 * @param {() => Promise<void>} work
 */
export async function busy(button, work) {
  if (button?.getAttribute('aria-disabled') === 'true') {
    return;
  }
  button?.setAttribute('aria-disabled', 'true');
  try {
    await work();
  } finally {
    button?.removeAttribute('aria-disabled');
  }
}

/**
 * What went wrong or well, told to screen readers as well. It stands in the page from the start, for otherwise they do not
 * notice it.
 *
 * @returns {HTMLElement}
 */
export function notice() {
  return h('div', { class: 'notice', role: 'status', hidden: true });
}

/**
 * @param {HTMLElement} element made by {@link notice}
 * @param {'good' | 'bad' | 'plain'} kind
 * @param {...Child} children nothing hides it
 */
export function tell(element, kind, ...children) {
  element.className = `notice ${kind}`;
  element.hidden = children.length === 0;
  fill(element, ...children);
}
