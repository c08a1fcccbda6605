import { CustomerEventsTrigger } from '../../../nodes/CustomerEvents/CustomerEventsTrigger.node';

const { description } = new CustomerEventsTrigger();

/** A single expression can cost n8n more time than the rest of a request. */
test('the description has no expression that n8n would evaluate at each request', () => {
	const { webhooks, inputs, outputs, credentials } = description;
	expect(JSON.stringify({ webhooks, inputs, outputs, credentials })).not.toContain('"=');
});

/** n8n evaluates an expression of its own for nodes of version 1: parseRequestBody in n8n's webhook-helpers. */
test('new triggers have a version above 1', () => {
	const { version, defaultVersion } = description;
	expect(defaultVersion ?? Math.max(...[version].flat())).toBeGreaterThan(1);
});
