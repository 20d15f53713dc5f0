// SPDX-License-Identifier: Apache-2.0
import { language, t } from './texts.js';

/**
 * @typedef {object} Session
 * @property {string} user
 * @property {string} name
 * @property {string} language
 * @property {string} csrf
 * @property {boolean} mustChangePassword
 */

let csrf = '';
let onSignedOut = () => {};

/**
 * What to do when the server does not know us any more.
 *
 * @param {() => void} listener
 */
export function whenSignedOut(listener) {
  onSignedOut = listener;
}

/** A request that was refused, in words for the person. */
export class Problem extends Error {
  /**
   * @param {number} status 0 if there was no answer
   * @param {{title?: string, code?: string, errors?: {message: string}[]}} body
   */
  constructor(status, body) {
    // What is wrong with each value says more than that something is wrong.
    super((body.errors ?? []).map((error) => error.message).join(' · ') || body.title || t('error.unknown'));
    this.status = status;
    this.code = body.code ?? '';
  }

  /** Whether the same request may well succeed in a moment. */
  get passing() {
    return this.status === 0 || this.status === 503;
  }
}

/**
 * Sends a request and reads the answer.
 *
 * @param {string} method
 * @param {string} path below `/api`
 * @param {{json?: object, form?: FormData, query?: Record<string, string>}} [with_]
 * @returns {Promise<any>} the JSON of the answer; `null` if there is none
 */
export async function request(method, path, with_ = {}) {
  try {
    return await send(method, path, with_);
  } catch (problem) {
    // Another window of this browser has signed in meanwhile: the cookie is shared, the value for requests is not.
    if (problem instanceof Problem && problem.code === 'access.badCsrf') {
      await whoAmI();
      return send(method, path, with_);
    }
    if (problem instanceof Problem && problem.status === 401 && !path.startsWith('session')) {
      onSignedOut();
    }
    throw problem;
  }
}

/**
 * @param {string} method
 * @param {string} path
 * @param {{json?: object, form?: FormData, query?: Record<string, string>}} with_
 */
async function send(method, path, { json, form, query = {} }) {
  /** @type {Record<string, string>} */
  const headers = { Accept: 'application/json', 'X-CSRF-Token': csrf };
  if (json) {
    headers['Content-Type'] = 'application/json';
  }
  let answer;
  try {
    answer = await fetch(`/api/${path}?${new URLSearchParams({ ...query, lang: language() })}`, {
      method,
      headers,
      body: form ?? (json ? JSON.stringify(json) : undefined),
    });
  } catch {
    throw new Problem(0, { title: t('error.network') });
  }
  const body = answer.status === 204 ? null : await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw new Problem(answer.status, body);
  }
  return body;
}

/**
 * @param {string} user
 * @param {string} password
 */
export async function signIn(user, password) {
  await request('POST', 'session', { json: { user, password } });
}

/**
 * Who is signed in.
 *
 * @returns {Promise<Session | null>}
 */
export async function whoAmI() {
  try {
    const session = await send('GET', 'session', {});
    csrf = session.csrf;
    return session;
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 401) {
      return null;
    }
    throw problem;
  }
}

export async function signOut() {
  await request('DELETE', 'session');
}

/**
 * @param {string} current
 * @param {string} next
 */
export async function changePassword(current, next) {
  await request('PUT', 'session/password', { json: { current, new: next } });
}

/**
 * @typedef {object} Job
 * @property {string} id
 * @property {'queued' | 'running' | 'done' | 'failed' | 'cancelled'} state
 * @property {number} done
 * @property {number} total
 * @property {Record<string, any> | null} outcome
 * @property {{title: string, errors?: {message: string}[]} | null} problem
 * @property {{name: string, href: string}[]} files
 */

const PAUSE = 400;
const PATIENCE = 60;

/**
 * Follows a job to its end. A server that does not answer for a moment is asked again.
 *
 * @param {string} id
 * @param {(job: Job) => void} [onProgress]
 * @returns {Promise<Job>}
 */
export async function followJob(id, onProgress = () => {}) {
  for (let failures = 0; ; ) {
    try {
      const job = /** @type {Job} */ (await request('GET', `jobs/${id}`));
      failures = 0;
      onProgress(job);
      if (!['queued', 'running'].includes(job.state)) {
        return job;
      }
    } catch (problem) {
      if (!(problem instanceof Problem && problem.passing && ++failures < PATIENCE)) {
        throw problem;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

/**
 * Why a job did not do what it should, in words.
 *
 * @param {Job} job
 */
export function reason(job) {
  return new Problem(0, job.problem ?? {}).message;
}
