import { generation } from './generation';
import { agent } from './templates/agent';
import { backfill } from './templates/backfill';
import { didItArrive } from './templates/did-it-arrive';
import { everyTemplate } from './templates/every-template';
import { fiveServices } from './templates/five-services';
import { forgetMe } from './templates/forget-me';
import { nightly } from './templates/nightly';
import { appointmentCompleted } from './templates/appointment';
import { openWorkbench, type Workbench } from './templates/workbench';
import { deliveryReport } from './templates/delivery-report';
import { purchase } from './templates/purchase';
import { referralSignUp } from './templates/referral';
import { referralForm } from './templates/referral-form';
import { sheetRows } from './templates/sheet-rows';

jest.setTimeout(120_000);

const describeTemplates = generation.runsTemplates ? describe : describe.skip;

describeTemplates('templates', () => {
	/** All templates share one n8n, because starting one takes longer than running a template. */
	let workbench: Workbench;
	beforeAll(async () => {
		workbench = await openWorkbench();
	});
	afterAll(() => workbench?.close());
	beforeEach(() => workbench.sandbox.reset());

	describe('every template', () => everyTemplate(() => workbench));
	describe('segment-to-all-services', () => fiveServices(() => workbench));
	describe('purchase-reward-and-receipt', () => purchase(() => workbench));
	describe('suprsend-status-to-simon', () => deliveryReport(() => workbench));
	describe('appointment-to-embeddables', () => appointmentCompleted(() => workbench));
	describe('csv-backfill-to-suprsend', () => backfill(() => workbench));
	describe('nightly-identify-to-simon-and-suprsend', () => nightly(() => workbench));
	describe('ai-agent-with-customer-tools', () => agent(() => workbench));
	describe('referral-signup-to-rehook', () => referralSignUp(() => workbench));
	describe('form-to-rehook-referral', () => referralForm(() => workbench));
	describe('did-it-arrive', () => didItArrive(() => workbench));
	describe('forget-me', () => forgetMe(() => workbench));
	describe('sheet-rows-to-suprsend-users', () => sheetRows(() => workbench));
});
