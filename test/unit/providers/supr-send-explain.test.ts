import { explain } from '../../../nodes/SuprSend/explain';

/** Messages from docs.suprsend.com/docs/api-request-errors, in the bodies in which SuprSend's services return them. */
const answer = (statusCode: number, body: unknown) => explain({ statusCode, headers: {}, body })?.description;

test.each([
	[404, { status: 'fail', message: "workflow 'x' not found" }, /Correct 'Workflow Slug'/],
	[404, { message: 'workflow not found', type: 'not_found' }, /Correct 'Workflow Slug'/],
	[400, { status: 'fail', message: "workflow with slug 'x' is disabled" }, /commit it and turn it on/],
	[400, { status: 'fail', message: 'no valid recipients found' }, /Identify them first/],
	[404, { code: 404, message: "user [distinct_id: 'user1'] not found" }, /Identify the user first/],
	[404, { code: 404, message: 'User not found with distinct_id: user1' }, /Identify the user first/],
	[400, { status: 'fail', message: "tenant/brand doesn't exist with id: acme" }, /Correct 'Tenant ID'/],
	[404, { code: 404, message: 'No tenant found for tenant_id acme' }, /Correct 'Tenant ID'/],
	[404, { code: 404, error_code: 'not_found', message: 'list_id: ff not found' }, /Correct 'List'/],
	[
		400,
		{ message: "invalid value for channel 'sms': 5. error: error while parsing number to E164 format" },
		/\+15555555555/,
	],
	[401, 'Not Authenticated - could not find Workspace details', /active keys for the right workspace/],
	[403, 'workspace key inactive', /active keys for the right workspace/],
])('explains %i %j', (status, body, expected) => {
	expect(answer(status, body)).toMatch(expected);
});

test.each([
	[400, { code: 400, message: 'invalid_request_error' }],
	[400, undefined],
	[503, 'could not find Workspace details'],
])('has the shared explanation for %i %j', (status, body) => {
	expect(answer(status, body)).toBeUndefined();
});
