import { parseUrl } from '../base-url';

/** The addresses that may send: single ones, and ranges in CIDR notation such as 10.0.0.0/8 or 2001:db8::/32. */
export class IpAllowList {
	private readonly ranges: readonly Range[];

	/** @throws if an entry isn't an address or a range */
	constructor(entries: readonly string[]) {
		this.ranges = entries.map(parseRange);
	}

	/** An empty list allows every address. */
	allows(address: string | undefined): boolean {
		if (this.ranges.length === 0) return true;
		const bits = address === undefined ? undefined : parseAddress(address);
		if (bits === undefined) return false;
		return this.ranges.some(({ first, hostBits }) => bits >> hostBits === first >> hostBits);
	}
}

interface Range {
	first: bigint;
	/** How many of the 128 bits may differ. */
	hostBits: bigint;
}

function parseRange(entry: string): Range {
	const [address = '', prefix, ...others] = entry.split('/');
	const first = parseAddress(address);
	const most = address.includes(':') ? 128 : 32;
	const length = prefix === undefined ? most : Number(prefix);
	const isRange = prefix === undefined || prefixLength.test(prefix);
	const isTooWide = first !== undefined && most === 128 && isMappedV4(first) && length < 96;
	if (first === undefined || !isRange || length > most || isTooWide || others.length > 0) {
		throw new Error(`'${entry}' isn't an IP address or range. Use, for example, 203.0.113.7 or 10.0.0.0/8.`);
	}
	return { first, hostBits: BigInt(most - length) };
}

/** In `::ffff:10.0.0.0/8`, 8 bits would be those of IPv6 and cover every IPv4 address. */
const isMappedV4 = (bits: bigint) => bits >> 32n === 0xffffn;

const prefixLength = /^(?:0|[1-9]\d{0,2})$/;

/** Reads an address as 128 bits. Maps IPv4 to IPv6, since a socket can show the same address either way. */
function parseAddress(address: string): bigint | undefined {
	const isV6 = address.includes(':');
	const form = isV6 ? /^[\da-f:.]+$/i : /^\d+\.\d+\.\d+\.\d+$/;
	if (!form.test(address)) return undefined;
	const url = parseUrl(`http://[${isV6 ? address : `::ffff:${address}`}]`);
	if (url === undefined) return undefined;
	// The URL parser has normalized it: lower case, the last 32 bits in hexadecimal, at most one `::`.
	const [head = '', tail] = url.hostname.slice(1, -1).split('::');
	const groups = (part: string | undefined) => (part === undefined || part === '' ? [] : part.split(':'));
	const [before, after] = [groups(head), groups(tail)];
	const zeros = Array<string>(8 - before.length - after.length).fill('0');
	return [...before, ...zeros, ...after].reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n);
}
