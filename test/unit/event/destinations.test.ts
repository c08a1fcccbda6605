import { isMeantFor } from '../../../nodes/shared/event';
import { accept, minimal } from './helpers';

test.each([
	['is empty', {}, true],
	['names it', { SuprSend: true }, true],
	['turns it off', { SuprSend: false }, false],
	['turns all off', { All: false }, false],
	['turns all off but names it', { All: false, SuprSend: true }, true],
	['turns all off but names it, in reverse order', { SuprSend: true, All: false }, true],
	['turns all on', { All: true }, true],
	['turns all on with settings', { All: {} }, true],
	['turns all on but this one', { All: true, SuprSend: false }, false],
	['turns another off', { RelationKit: false }, true],
	['turns all off but another', { All: false, RelationKit: true }, false],
	['gives it settings', { All: false, SuprSend: { tenant: 'acme' } }, true],
	['names all in lower case', { all: false }, false],
	['names it in another case', { All: false, suprsend: true }, true],
	['names it in two words', { All: false, 'Supr Send': true }, true],
	['names it with punctuation', { supr_send: false }, false],
	['names one that starts the same', { SuprSendX: false, Supr: false }, true],
])('an event whose integrations object %s', (_, integrations, meant) => {
	expect(isMeantFor(accept({ ...minimal.track, integrations }), 'SuprSend')).toBe(meant);
});

test('finds a destination whose name has a space', () => {
	const event = accept({ ...minimal.track, integrations: { All: false, simondata: true } });
	expect(isMeantFor(event, 'Simon Data')).toBe(true);
	expect(isMeantFor(event, 'SuprSend')).toBe(false);
});
