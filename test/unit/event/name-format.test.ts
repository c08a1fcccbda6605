import fc from 'fast-check';
import { nameFormats } from '../../../nodes/shared/event';

const { asIs, kebabCase, snakeCase } = nameFormats;

test.each([
	['words', 'Order Completed', 'order-completed', 'order_completed'],
	['one word', 'Signup', 'signup', 'signup'],
	['camel case', 'orderCompleted', 'order-completed', 'order_completed'],
	['Pascal case', 'OrderCompleted', 'order-completed', 'order_completed'],
	['kebab case', 'order-completed', 'order-completed', 'order_completed'],
	['snake case', 'order_completed', 'order-completed', 'order_completed'],
	['upper snake case', 'ORDER_COMPLETED', 'order-completed', 'order_completed'],
	['dots and colons', 'order.completed:v2', 'order-completed-v2', 'order_completed_v2'],
	['a version', 'v2', 'v2', 'v2'],
	['a version at the end', 'Checkout v2', 'checkout-v2', 'checkout_v2'],
	['digits within a word', 'step2done', 'step2done', 'step2done'],
	['digits before a capital', 'Step2Done', 'step2-done', 'step2_done'],
	['only digits', '404', '404', '404'],
	['an abbreviation', 'URL', 'url', 'url'],
	['many blanks', '  Order   Completed ', 'order-completed', 'order_completed'],
	['signs around', '!! Order / Completed ??', 'order-completed', 'order_completed'],
	['accents', 'Été à Venir', 'été-à-venir', 'été_à_venir'],
	['accents in camel case', 'commandeÉtablie', 'commande-établie', 'commande_établie'],
	['accents as marks of their own', 'Cafe\u0301 Ouvert', 'cafe\u0301-ouvert', 'cafe\u0301_ouvert'],
	['Greek', 'Παραγγελία Νέα', 'παραγγελία-νέα', 'παραγγελία_νέα'],
	['Cyrillic', 'заказОформлен', 'заказ-оформлен', 'заказ_оформлен'],
	['a script without case', '注文 完了', '注文-完了', '注文_完了'],
	['a script with marks', 'ऑर्डर पूरा', 'ऑर्डर-पूरा', 'ऑर्डर_पूरा'],
	['an emoji between words', 'Order 🎉 Completed', 'order-completed', 'order_completed'],
])('%s: "%s"', (_, name, kebab, snake) => {
	expect(kebabCase(name)).toBe(kebab);
	expect(snakeCase(name)).toBe(snake);
	expect(asIs(name)).toBe(name);
});

test.each(['🎉', '!!!', '—', '…'])('keeps a name without letters and digits: "%s"', (name) => {
	expect([kebabCase(name), snakeCase(name)]).toEqual([name, name]);
});

test.each([
	['kebabCase', kebabCase],
	['snakeCase', snakeCase],
])('%s does not change a name that it has written', (_, format) => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), (name) => {
			// A few capitals, such as 𝐀, have no small letter.
			fc.pre(!/\p{Lu}/u.test(name.toLowerCase()));
			const written = format(name);
			expect(written).not.toBe('');
			expect(format(written)).toBe(written);
		}),
		{ numRuns: 500 },
	);
});
