import fc from 'fast-check';
import { IpAllowList } from '../../../nodes/shared/webhook/ip-allow-list';

test.each([
	[['203.0.113.7'], ['203.0.113.7', '::ffff:203.0.113.7'], ['203.0.113.8', '::1']],
	[['10.0.0.0/8'], ['10.0.0.0', '10.255.255.255'], ['11.0.0.0', '9.255.255.255']],
	[['192.168.1.128/25'], ['192.168.1.128', '192.168.1.255'], ['192.168.1.127']],
	[['0.0.0.0/0'], ['1.2.3.4'], ['2001:db8::1']],
	[['2001:db8:1:2:3:4:5:6'], ['2001:db8:1:2:3:4:5:6'], ['2001:db8:1:2:3:4:5:7', '2001:db8::6']],
	[['2001:db8::/32'], ['2001:db8::1', '2001:DB8:ffff::'], ['2001:db9::1', '1.2.3.4']],
	[['::1', '127.0.0.1'], ['::1', '0:0:0:0:0:0:0:1', '127.0.0.1'], ['127.0.0.2']],
	[[], ['1.2.3.4', '::1'], []],
])('the list %j allows the right addresses', (entries, allowed, refused) => {
	const list = new IpAllowList(entries);
	for (const address of allowed) expect([address, list.allows(address)]).toEqual([address, true]);
	for (const address of refused) expect([address, list.allows(address)]).toEqual([address, false]);
});

test.each([
	[undefined],
	[''],
	['unknown'],
	['1.2.3'],
	['1.2.3.4.5'],
	['999.1.1.1'],
	['dead'],
	['1'],
	['1.2.3.4]?x'],
	['dead:1.2.3.4]?x'],
])('no list allows the address %j', (address) =>
	expect(new IpAllowList(['0.0.0.0/0', '::/0']).allows(address)).toBe(false),
);

test.each([
	...['', 'example.com', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/x', '::/129', '10.0.0', '1.2.3.4/-1'],
	...[
		'10.0.0.0/8/24',
		// 8 bits of IPv6: every IPv4 address.
		'::ffff:10.0.0.0/8',
		'10.0.0.0/0x8',
		'10.0.0.5/-0',
		'10.0.0.0/+8',
		'10.0.0.0/8.0',
		'10.0.0.0/1e1',
		'10.0.0.0/08',
	],
	...['10.0.0.0/ 8', '010.0.0.1', '::/1_0', '::1]?x', '::1]#x', 'x@[::1', '::1%eth0'],
])('the entry %j is an error that names it', (entry) =>
	expect(() => new IpAllowList([entry])).toThrow(`'${entry}' isn't an IP address`),
);

test('a range has exactly the addresses with its prefix', () => {
	const octets = fc.array(fc.nat(255), { minLength: 4, maxLength: 4 });
	const bits = (address: number[]) => address.map((octet) => octet.toString(2).padStart(8, '0')).join('');
	fc.assert(
		fc.property(octets, octets, fc.nat(32), (range, address, length) => {
			const list = new IpAllowList([`${range.join('.')}/${length}`]);
			const inside = bits(range).slice(0, length) === bits(address).slice(0, length);
			expect(list.allows(address.join('.'))).toBe(inside);
		}),
	);
});
