// SPDX-License-Identifier: Apache-2.0
import { followJob, reason, request } from './api.js';
import { busy, field, fill, form, h, notice, tell } from './dom.js';
import { number, t } from './texts.js';

/** @import { Job } from './api.js' */

const SUMS = ['rows', 'created', 'updated', 'skipped', 'rejected'];

/**
 * Imports a file of contacts.
 *
 * @param {() => void} done what to do when contacts may have come
 */
export function importForm(done) {
  const said = notice();
  const progress = h('div', { class: 'progress', hidden: true });
  const file = field(t('import.file'), { type: 'file', name: 'file', required: true, accept: '.csv,.tsv,.txt,.vcf,text/csv,text/vcard' });
  return h('section', { class: 'card', 'aria-labelledby': 'import' },
    h('h2', { id: 'import' }, t('import.title')),
    h('p', { class: 'muted' }, t('import.hint')),
    form({ class: 'row' }, async () => {
      const chosen = file.input.files?.[0];
      if (!chosen) {
        return;
      }
      tell(said, 'plain');
      try {
        showProgress(progress, t('import.sending', { file: chosen.name }), null);
        const job = await followJob(await send(chosen), (now) => showProgress(progress, t('import.running', { file: chosen.name }), now));
        tell(said, kind(job), ...outcome(job));
        file.input.value = '';
      } catch (problem) {
        tell(said, 'bad', /** @type {Error} */ (problem).message);
      } finally {
        progress.hidden = true;
        done();
      }
    },
    file.row,
    h('button', { type: 'submit' }, t('import.button'))),
    progress,
    said);
}

/**
 * @param {File} file
 * @returns {Promise<string>} the id of the job
 */
async function send(file) {
  const upload = new FormData();
  upload.append('type', 'contact');
  upload.append('file', file);
  return (await request('POST', 'imports', { form: upload })).id;
}

/**
 * @param {HTMLElement} element
 * @param {string} text
 * @param {Job | null} job
 */
function showProgress(element, text, job) {
  element.hidden = false;
  let bar = element.querySelector('progress');
  if (!bar) {
    bar = h('progress', { 'aria-label': t('import.title') });
    fill(element, h('p', {}), bar, h('button', { type: 'button', hidden: true }, t('import.cancel')));
  }
  /** @type {HTMLElement} */ (element.firstElementChild).textContent = text;
  if (job && job.total > 0) {
    bar.max = job.total;
    bar.value = job.done;
  } else {
    bar.removeAttribute('value');
  }
  const cancel = /** @type {HTMLButtonElement} */ (element.querySelector('button'));
  cancel.hidden = job === null;
  cancel.onclick = () => busy(cancel, async () => {
    // If it fails, the job goes on, and that is shown.
    await request('DELETE', `jobs/${job?.id}`).catch(() => {});
  });
}

/**
 * @param {Job} job
 * @returns {'good' | 'bad' | 'plain'}
 */
function kind(job) {
  if (job.state === 'failed') {
    return 'bad';
  }
  return job.state === 'done' && job.outcome?.rejected === 0 ? 'good' : 'plain';
}

/** @param {Job} job */
function outcome(job) {
  const sums = job.outcome ?? {};
  const unmapped = Object.keys(sums.unmapped ?? sums.unused ?? {});
  const rejected = job.files.find((file) => file.name === 'rejected.csv');
  return [
    h('p', {}, { done: t('import.done'), cancelled: t('import.cancelled') }[/** @type {string} */ (job.state)] ?? reason(job)),
    job.outcome && h('dl', { class: 'sums' }, ...SUMS.filter((sum) => sum in sums)
      .map((sum) => h('div', {}, h('dt', {}, t(`import.${sum}`)), h('dd', {}, number(sums[sum]))))),
    unmapped.length > 0 && h('p', {}, t('import.unmapped', { columns: unmapped.join(', ') })),
    rejected && h('p', {}, h('a', { href: rejected.href, download: rejected.name }, t('import.rejectedFile'))),
  ];
}
