import { generation } from './generation';
import { agent } from './templates/agent';
import { backfill } from './templates/backfill';
import { everyTemplate } from './templates/every-template';
import { fiveServices } from './templates/five-services';
import { nightly } from './templates/nightly';
import { appointmentCompleted } from './templates/appointment';
import { openBench, type Bench } from './templates/bench';
import { deliveryReport } from './templates/delivery-report';
import { purchase } from './templates/purchase';
import { referralSignUp } from './templates/referral';

jest.setTimeout(120_000);

const describeTemplates = generation.runsTemplates ? describe : describe.skip;

describeTemplates('templates', () => {
	/** Starting n8n takes longer than running a template, so they share one. */
	let bench: Bench;
	beforeAll(async () => {
		bench = await openBench();
	});
	afterAll(() => bench?.close());
	beforeEach(() => bench.sandbox.reset());

	describe('every template', () => everyTemplate(() => bench));
	describe('segment-to-all-services', () => fiveServices(() => bench));
	describe('purchase-reward-and-receipt', () => purchase(() => bench));
	describe('suprsend-status-to-simon', () => deliveryReport(() => bench));
	describe('appointment-to-embeddables', () => appointmentCompleted(() => bench));
	describe('csv-backfill-to-suprsend', () => backfill(() => bench));
	describe('nightly-identify-to-simon-and-suprsend', () => nightly(() => bench));
	describe('ai-agent-with-customer-tools', () => agent(() => bench));
	describe('referral-signup-to-rehook', () => referralSignUp(() => bench));
});
