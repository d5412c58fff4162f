// The little that pages can't do alone. Every page works without this file; htmx does partial updates beside it.

const SECRET_SHOWN_MS = 60_000;
const TOAST_SHOWN_MS = 4_000;
const BUSY_AT_MOST_MS = 20_000;

const html = document.documentElement;
html.classList.add('kg-js');

// ---- toasts

const toast = (text) => {
  const region = document.getElementById('toasts');
  const item = document.createElement('div');
  item.className = 'pf-v6-c-alert-group__item kg-toast';
  item.textContent = text;
  region.append(item);
  setTimeout(() => item.remove(), TOAST_SHOWN_MS);
};

const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // No permission, or no secure context: the old way, through a field nobody sees.
    const field = Object.assign(document.createElement('textarea'), { value: text, className: 'pf-v6-screen-reader' });
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
  }
  toast(document.getElementById('toasts').dataset.copied);
};

// ---- secrets

const hiding = new WeakMap();

/** Asks the server for the value; null means that it wants the whole page (to sign in again, for example). */
const ask = async (form) => {
  const answer = await fetch(form.action, {
    method: 'POST',
    body: new URLSearchParams(new FormData(form)),
    headers: { 'HX-Request': 'true' },
    redirect: 'manual',
    cache: 'no-store',
  });
  if (!answer.ok) return null;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return page.querySelector('[data-secret-value]')?.textContent ?? null;
};

const paint = (form, value) => {
  const shown = value !== undefined;
  const place = form.querySelector('[data-secret-value]');
  place.dataset.dots ??= place.textContent;
  place.textContent = shown ? value : place.dataset.dots;
  form.querySelector('[data-secret-eye]').setAttribute('aria-pressed', String(shown));
  const status = form.querySelector('[data-secret-status]');
  status.textContent = shown ? status.dataset.shown : status.dataset.hidden;
  clearTimeout(hiding.get(form));
  if (shown) hiding.set(form, setTimeout(() => paint(form), SECRET_SHOWN_MS));
};

const isShown = (form) => form.querySelector('[data-secret-eye]').getAttribute('aria-pressed') === 'true';

const reveal = async (form, use) => {
  if (form.dataset.asking) return;
  form.dataset.asking = 'yes';
  try {
    const value = await ask(form);
    if (value === null) form.submit();
    else use(value);
  } catch {
    form.submit();
  } finally {
    delete form.dataset.asking;
  }
};

// ---- forms: one act per press; the idempotency key in the form covers what still comes twice

const busy = (form, on) => {
  const outside = form.id ? document.querySelectorAll(`button[form="${form.id}"]`) : [];
  for (const button of [...form.querySelectorAll('button:not([type=button])'), ...outside]) {
    if (on && button.disabled) continue;
    if (!on && !button.dataset.busy) continue;
    button.disabled = on;
    if (on) button.dataset.busy = 'yes';
    else delete button.dataset.busy;
    button.classList.toggle('kg-busy', on);
  }
};

document.addEventListener('submit', (event) => {
  const form = event.target;
  const method = event.submitter?.formMethod || form.method;
  if (form.matches('[data-secret]')) {
    event.preventDefault();
    if (isShown(form)) paint(form);
    else reveal(form, (value) => paint(form, value));
    return;
  }
  if (event.defaultPrevented || method === 'dialog') return;
  if (form.dataset.busy) {
    event.preventDefault();
    return;
  }
  form.dataset.busy = 'yes';
  if (form.elements.back) form.elements.back.value = location.pathname + location.search;
  // After the browser has taken the values: a disabled button would not send its own.
  setTimeout(() => busy(form, true));
  setTimeout(() => idle(form), BUSY_AT_MOST_MS);
});

const idle = (form) => {
  delete form.dataset.busy;
  busy(form, false);
};
// One who comes back finds the page as it was left: working.
addEventListener('pageshow', (event) => event.persisted && document.querySelectorAll('form[data-busy]').forEach(idle));

// ---- clicks: dialogs, copying, menus

document.addEventListener('click', (event) => {
  const target = event.target.closest('[data-dialog], [data-copy], [data-copy-link], [data-secret-copy]');
  for (const menu of document.querySelectorAll('details.kg-menu[open]')) {
    if (!menu.contains(event.target) || target?.dataset.dialog) menu.open = false;
  }
  if (event.target instanceof HTMLDialogElement) event.target.close();
  if (!target) return;
  if (target.dataset.dialog) {
    const dialog = document.getElementById(target.dataset.dialog);
    if (!dialog) return;
    event.preventDefault();
    dialog.showModal();
  } else if (target.matches('[data-secret-copy]')) {
    const form = target.closest('[data-secret]');
    if (isShown(form)) copy(form.querySelector('[data-secret-value]').textContent);
    else reveal(form, copy);
  } else if (target.matches('[data-copy-link]')) {
    event.preventDefault();
    copy(new URL(target.getAttribute('href'), location.href).href);
  } else {
    copy(target.dataset.copy);
  }
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const menu of document.querySelectorAll('details.kg-menu[open]')) {
    menu.open = false;
    menu.querySelector('summary').focus();
  }
});

document.addEventListener('change', (event) => {
  if (event.target.matches('[data-send]')) event.target.form.requestSubmit();
});

// ---- moments: the exact time on hover in the zone of the browser

const exact = new Intl.DateTimeFormat(html.lang || undefined, { dateStyle: 'full', timeStyle: 'long' });
const moments = (root) => {
  for (const time of root.querySelectorAll('time[datetime]')) {
    const instant = new Date(time.dateTime);
    if (!Number.isNaN(instant.getTime())) time.title = exact.format(instant);
  }
};

document.addEventListener('DOMContentLoaded', () => {
  moments(document);
  document.querySelector('[data-focus]')?.focus();
});
document.addEventListener('htmx:after:swap', () => moments(document));
