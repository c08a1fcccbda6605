import { SuprSend } from '../../../nodes/SuprSend/SuprSend.node';

/** Replaces the value at a path as n8n does, which supports `[*]` after the name of a list. */
function hide(value: unknown, [key = '', ...rest]: readonly string[]): void {
	if (typeof value !== 'object' || value === null) return;
	const fields = value as Record<string, unknown>;
	const name = key.replace('[*]', '');
	if (rest.length === 0) {
		if (name in fields) fields[name] = 'hidden';
	} else if (key.endsWith('[*]')) {
		const list = fields[name];
		if (Array.isArray(list)) for (const each of list) hide(each, rest);
	} else {
		hide(fields[name], rest);
	}
}

const channel = (value: object) => ({ value, status: 'active', perma_status: 'active' });

/** From SuprSend's documentation of objects, with the other kinds of Slack and Teams channels. */
const user = {
	distinct_id: 'u1',
	$email: [channel({ email: 'a@b.example' })],
	$slack: [
		channel({ email_id: 'a@b.example', access_token: 'xoxb-secret' }),
		channel({ incoming_webhook: { url: 'https://hooks.example/secret' } }),
	],
	$ms_teams: [channel({ incoming_webhook: { url: 'https://hooks.example/secret' } })],
};

test.each([
	['a read', user],
	['a result', { status: 'delivered', response: user }],
])('tells n8n where %s has tokens and URLs with which anyone can post', (_, output) => {
	const json: unknown = structuredClone(output);
	const paths = new SuprSend().description.sensitiveOutputFields ?? [];
	for (const path of paths) hide(json, path.split('.'));

	expect(JSON.stringify(json)).not.toContain('secret');
	expect(JSON.stringify(json)).toContain('a@b.example');
});
