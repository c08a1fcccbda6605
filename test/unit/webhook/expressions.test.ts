import { CustomerEventsTrigger } from '../../../nodes/CustomerEvents/CustomerEventsTrigger.node';

const { description } = new CustomerEventsTrigger();

/** One alone can cost n8n more than all the rest of a request. */
test('the description gives n8n no expression to work out at a request', () => {
	const { webhooks, inputs, outputs, credentials } = description;
	expect(JSON.stringify({ webhooks, inputs, outputs, credentials })).not.toContain('"=');
});

/** For any node of version 1 it works out one of its own: parseRequestBody in n8n's webhook-helpers. */
test('new triggers are of a version above 1', () => {
	const { version, defaultVersion } = description;
	expect(defaultVersion ?? Math.max(...[version].flat())).toBeGreaterThan(1);
});
