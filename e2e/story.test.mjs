// The seed story, both cases, from sign-in to the log-in at the seller's application, by visible labels and roles only.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESKTOP, PHONE, accessible, demo, fits, launch } from './lib.mjs';

const site = demo();
const UNSUPERVISED = 'Tidemark CRM';
const SUPERVISED = 'Foghorn Call Center';
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
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  return visitor;
}

/** From the shop to the success page. */
async function buy(page, product) {
  await page.goto(site.url);
  await page.getByRole('banner').getByRole('combobox').fill(product);
  await page.getByRole('banner').getByRole('combobox').press('Enter');
  await page.getByRole('main').getByRole('link', { name: product }).first().click();
  await page.getByRole('heading', { level: 1, name: product }).waitFor();
  await page.getByRole('button', { name: 'Continue to Submit' }).click();
  await page.getByRole('button', { name: 'Submit', exact: true }).waitFor();
  await accessible(page, 'confirmation');
  for (const box of await page.getByRole('main').getByRole('checkbox').all()) await box.check();
  await page.getByRole('button', { name: 'Submit', exact: true }).click();
  await page.getByRole('button', { name: /^Pay / }).waitFor();
  await accessible(page, 'payment');
  await page.getByRole('button', { name: /^Pay / }).click();
  await page.getByRole('link', { name: 'Back to KooGallery Console' }).waitFor();
  await accessible(page, 'success');
}

/** Address, user name and password of a page with application information; the password by its eye. */
async function credentials(page) {
  const described = (term) => page.getByRole('term').filter({ hasText: term }).locator('xpath=following-sibling::dd').first();
  const address = await described('Frontend URL').getByRole('link').getAttribute('href');
  const user = (await described('User name').innerText()).split('\n')[0].trim();
  await page.getByRole('button', { name: 'Show password' }).click();
  const shown = page.locator('[data-secret-value], .kg-secret__value').filter({ hasText: /\S{6,}/ }).first();
  await shown.waitFor();
  return { address, user, password: (await shown.innerText()).trim() };
}

/** Logs in at the seller's application, and sees what was bought. */
async function logIn(visitor, { address, user, password }, product) {
  const { page } = visitor;
  await page.goto(address);
  await page.getByLabel('User name').fill(user);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('button', { name: 'Log out' }).waitFor();
  await page.getByText(product).first().waitFor();
  visitor.calm();
}

/** Presses what asks a question, and answers it with the same words. */
async function confirm(page, words) {
  const main = page.getByRole('main');
  await main.getByRole('link', { name: words }).or(main.getByRole('button', { name: words })).first().click();
  await page.getByRole('dialog').or(page.getByRole('main')).getByRole('button', { name: words }).last().click();
}

/** Reloads until a page shows something: the seller's server answers when it answers. */
async function until(page, address, sight) {
  for (let turn = 0; turn < 60; turn += 1) {
    await page.goto(address);
    if ((await sight().count()) > 0) return sight().first();
    await page.waitForTimeout(250);
  }
  throw new Error(`${address} never showed what was waited for`);
}

for (const [name, viewport] of [['1366', DESKTOP], ['390', PHONE]]) {
  test(`a buyer pays, opens View Resource Details, clicks the eye and logs in, at ${name} px`, async () => {
    const visitor = await signedIn('buyer', { viewport });
    const { page } = visitor;
    await buy(page, UNSUPERVISED);
    await page.getByRole('link', { name: 'Back to KooGallery Console' }).click();
    const row = await until(page, `${site.url}/my/apps`, () =>
      page.getByRole('row').filter({ hasText: UNSUPERVISED }).filter({ hasText: 'In use' }));
    await fits(page);
    await row.getByRole('link', { name: 'View Resource Details' }).click();
    for (const area of ['Application Information', 'Basic Information', 'Seller Information']) {
      await page.getByRole('heading', { name: area }).waitFor();
    }
    await page.getByRole('button', { name: 'Show password' }).waitFor();
    const body = await page.content();
    const found = await credentials(page);
    assert.ok(!body.includes(found.password), 'the password must not stand in the page before it is asked for');
    await accessible(page, 'resource details');
    await fits(page);
    visitor.calm();
    await logIn(visitor, found, UNSUPERVISED);
    await visitor.close();
  });
}

test('a supervised product is requested, delivered and accepted, and its application is there from the start', async () => {
  const buyer = await signedIn('buyer');
  const seller = await signedIn('seller');
  await buy(buyer.page, SUPERVISED);

  const flow = await until(buyer.page, `${site.url}/my/supervision`, () =>
    buyer.page.getByRole('row').filter({ hasText: SUPERVISED }));
  await flow.getByRole('link', { name: /View Details|Submit Request/ }).first().click();
  await buyer.page.getByRole('heading', { level: 1 }).waitFor();
  const address = buyer.page.url();
  await until(buyer.page, address, () => buyer.page.getByRole('button', { name: 'Show password' }));
  const found = await credentials(buyer.page);
  await buyer.page.getByRole('textbox', { name: /^Request/ }).fill('Two queues, German and English, from Monday.');
  await accessible(buyer.page, 'supervision, request');
  await buyer.page.getByRole('main').getByRole('button', { name: 'Submit Request' }).click();
  await buyer.page.getByText('The seller is looking at your request').first().waitFor();

  const row = await until(seller.page, `${site.url}/seller/supervision`, () =>
    seller.page.getByRole('row').filter({ hasText: SUPERVISED }));
  await row.getByRole('link', { name: /^Details/ }).first().click();
  await seller.page.getByText('Two queues, German and English').first().waitFor();
  await accessible(seller.page, 'supervision, seller');
  await confirm(seller.page, 'Accept request');
  await seller.page.getByText('You have accepted the request').first().waitFor();
  await seller.page.getByRole('textbox', { name: /^Service result/ }).fill('Both queues are set up.');
  const paper = { mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF\n') };
  await seller.page.getByLabel(/^Statement of work/).setInputFiles({ name: 'work.pdf', ...paper });
  await seller.page.getByLabel(/^Acceptance document/).setInputFiles({ name: 'acceptance.pdf', ...paper });
  await accessible(seller.page, 'delivery');
  await seller.page.getByRole('main').getByRole('button', { name: 'Deliver Service' }).last().click();
  await seller.page.getByText('acceptance.pdf').first().waitFor();
  seller.calm();

  await buyer.page.goto(address);
  await confirm(buyer.page, 'Confirm Acceptance');
  await buyer.page.getByText('You have accepted the delivery').first().waitFor();
  await accessible(buyer.page, 'supervision, accepted');
  buyer.calm();

  await until(buyer.page, `${site.url}/my/apps`, () => buyer.page.getByRole('row').filter({ hasText: SUPERVISED }));
  await logIn(buyer, found, SUPERVISED);
  await buyer.close();
  await seller.close();
});

test('without script one reads, buys and sees the password', async () => {
  const visitor = await signedIn('buyer', { javaScriptEnabled: false });
  const { page } = visitor;
  await page.goto(`${site.url}/search?q=crm`);
  await page.getByRole('main').getByRole('link', { name: UNSUPERVISED }).first().click();
  await page.getByRole('button', { name: 'Continue to Submit' }).click();
  for (const box of await page.getByRole('main').getByRole('checkbox').all()) await box.check();
  await page.getByRole('button', { name: 'Submit', exact: true }).click();
  await page.getByRole('button', { name: /^Pay / }).click();
  await page.getByRole('link', { name: 'Back to KooGallery Console' }).click();
  const row = await until(page, `${site.url}/my/apps`, () =>
    page.getByRole('row').filter({ hasText: UNSUPERVISED }).filter({ hasText: 'In use' }));
  await row.getByRole('link', { name: 'View Resource Details' }).click();
  await page.getByRole('button', { name: 'Show password' }).click();
  await page.getByRole('link', { name: 'Hide password' }).waitFor();
  await visitor.close();
});

test('a stranger sees the shop and the help, and is asked to sign in for the rest', async () => {
  const visitor = await browser.visitor({ viewport: PHONE });
  const { page } = visitor;
  for (const path of ['/', '/categories/crm-sales', '/products/foghorn-callcenter', '/help', '/sign-up']) {
    await page.goto(`${site.url}${path}`);
    await accessible(page, path);
    await fits(page);
  }
  for (const path of ['/my/apps', '/billing', '/seller', '/operator', '/account']) {
    await page.goto(`${site.url}${path}`);
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).waitFor();
  }
  visitor.calm();
  await visitor.close();
});
