import { appointmentCompleted } from './templates/appointment';
import { openBench, type Bench } from './templates/bench';
import { deliveryReport } from './templates/delivery-report';
import { purchase } from './templates/purchase';
import { referralSignUp } from './templates/referral';

jest.setTimeout(120_000);

/** Starting n8n takes longer than running a template, so they share one. */
let bench: Bench;
beforeAll(async () => {
	bench = await openBench();
});
afterAll(() => bench?.close());
beforeEach(() => bench.sandbox.reset());

describe('purchase-reward-and-receipt', () => purchase(() => bench));
describe('suprsend-status-to-simon', () => deliveryReport(() => bench));
describe('appointment-to-embeddables', () => appointmentCompleted(() => bench));
describe('referral-signup-to-rehook', () => referralSignUp(() => bench));
