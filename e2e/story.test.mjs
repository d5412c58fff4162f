// The seed story, from sign-in to the log-in at the seller's application, by visible labels and roles only.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESKTOP, PHONE, demo, fits, launch, looks } from './lib.mjs';

const site = demo();
let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** A visitor who has signed in. */
async function signedIn(who, options = {}) {
  const visitor = await browser.visitor(options);
  const { page } = visitor;
  await page.goto(`${site.url}/sign-in`);
  await page.getByLabel('E-mail').fill(site.accounts[who].email);
  await page.getByLabel('Password', { exact: true }).fill(site.accounts[who].password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('banner').waitFor();
  return visitor;
}

/** From the shop to the success page; gives the order's number. */
async function buy(page, product) {
  await page.goto(site.url);
  await page.getByRole('searchbox').first().fill(product);
  await page.getByRole('searchbox').first().press('Enter');
  await page.getByRole('main').getByRole('link', { name: product }).first().click();
  await page.getByRole('heading', { level: 1, name: product }).waitFor();
  await page.getByRole('button', { name: 'Continue to Submit' }).click();
  for (const box of await page.getByRole('main').getByRole('checkbox').all()) await box.check();
  await page.getByRole('button', { name: 'Submit', exact: true }).click();
  await page.getByRole('button', { name: /^Pay / }).click();
  await page.getByRole('link', { name: 'Back to KooGallery Console' }).waitFor();
}

/** Opens the menu behind the person's name. */
async function userMenu(page, item) {
  await page.getByRole('banner').locator('summary').last().click();
  await page.getByRole('banner').getByRole('link', { name: item }).click();
}

/** The credentials on a page of resource details, the password by its eye. */
async function credentials(page) {
  const value = async (term) => (await page.getByRole('term').filter({ hasText: term }).locator('xpath=following-sibling::dd').innerText()).trim();
  const address = await page.getByRole('link', { name: /^http/ }).first().getAttribute('href');
  const user = (await value('User name')).split('\n')[0].trim();
  await page.getByRole('button', { name: 'Show password' }).click();
  const shown = page.locator('[data-secret-value], .kg-secret__value').filter({ hasText: /\S{6,}/ }).first();
  await shown.waitFor();
  return { address, user, password: (await shown.innerText()).trim() };
}

/** Logs in at the seller's application and sees what was bought. */
async function logIn(visitor, { address, user, password }, product) {
  const { page } = visitor;
  await page.goto(address);
  await page.getByLabel('User name').fill(user);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByText(product).first().waitFor();
  await page.getByRole('button', { name: 'Log out' }).waitFor();
}

async function untilListed(page, product) {
  for (let turn = 0; turn < 40; turn += 1) {
    await page.goto(`${site.url}/my/apps`);
    const row = page.getByRole('row').filter({ hasText: product });
    if ((await row.count()) > 0 && (await row.first().getByText('In use').count()) > 0) return row.first();
    await page.waitForTimeout(250);
  }
  throw new Error(`${product} is not listed as in use`);
}

const UNSUPERVISED = process.env.KOOGALLERY_E2E_UNSUPERVISED ?? 'Tidemark CRM';
const SUPERVISED = process.env.KOOGALLERY_E2E_SUPERVISED ?? 'Tidewrack';

test('a buyer pays, opens View Resource Details, clicks the eye and logs in to the application', async () => {
  const visitor = await signedIn('buyer');
  const { page } = visitor;
  await buy(page, UNSUPERVISED);
  await page.getByRole('link', { name: 'Back to KooGallery Console' }).click();
  const row = await untilListed(page, UNSUPERVISED);
  await row.getByRole('link', { name: 'View Resource Details' }).click();
  await page.getByRole('heading', { name: 'Application Information' }).waitFor();
  await page.getByRole('heading', { name: 'Basic Information' }).waitFor();
  await page.getByRole('heading', { name: 'Seller Information' }).waitFor();
  const found = await credentials(page);
  visitor.calm();
  await logIn(visitor, found, UNSUPERVISED);
  visitor.calm();
  await visitor.close();
});
