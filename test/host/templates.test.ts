import { describeWith } from './generation';
import { agent } from './templates/agent';
import { backfill } from './templates/backfill';
import { didItArrive } from './templates/did-it-arrive';
import { everyTemplate } from './templates/every-template';
import { fiveServices } from './templates/five-services';
import { createsDataTables } from './templates/files';
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

/** What each template must do. */
const templates: Record<string, (workbench: () => Workbench) => void> = {
	'segment-to-all-services': fiveServices,
	'purchase-reward-and-receipt': purchase,
	'suprsend-status-to-simon': deliveryReport,
	'appointment-to-embeddables': appointmentCompleted,
	'csv-backfill-to-suprsend': backfill,
	'nightly-identify-to-simon-and-suprsend': nightly,
	'ai-agent-with-customer-tools': agent,
	'referral-signup-to-rehook': referralSignUp,
	'form-to-rehook-referral': referralForm,
	'did-it-arrive': didItArrive,
	'forget-me': forgetMe,
	'sheet-rows-to-suprsend-users': sheetRows,
};

describe('templates', () => {
	/** All templates share one n8n, because starting one takes longer than running a template. */
	let workbench: Workbench;
	beforeAll(async () => {
		workbench = await openWorkbench();
	});
	afterAll(() => workbench?.close());
	beforeEach(() => workbench.sandbox.reset());

	describe('every template', () => everyTemplate(() => workbench));
	for (const [name, tests] of Object.entries(templates)) {
		if (createsDataTables(name))
			describeWith('nodes that create data tables', name, () => tests(() => workbench));
		else describe(name, () => tests(() => workbench));
	}
});
