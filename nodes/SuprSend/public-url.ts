/** Names that only mean something within one computer or network. */
const localNames = /(?:^|\.)(?:localhost|localdomain|local|internal|home\.arpa)$/;

/** Whether a URL leads to a host that everybody can reach, as far as its name or address says. */
export function isPublicUrl(url: string): boolean {
	if (!URL.canParse(url)) return false;
	// The parser writes every form of an IPv4 address, such as 0x7f.1, with four numbers.
	const host = new URL(url).hostname.replace(/\.$/, '');
	if (host.startsWith('[')) return isPublicIpv6(host);
	const numbers = /^(\d+)\.(\d+)\.\d+\.\d+$/.exec(host);
	if (numbers !== null) return isPublicIpv4(Number(numbers[1]), Number(numbers[2]));
	return host.includes('.') && !localNames.test(host);
}

/** Excludes the ranges of RFC 6890 that routers don't pass on, by their first two numbers. */
function isPublicIpv4(first: number, second: number): boolean {
	switch (first) {
		case 100:
			return second < 64 || second > 127;
		case 169:
			return second !== 254;
		case 172:
			return second < 16 || second > 31;
		case 192:
			return second !== 168;
		case 198:
			return second !== 18 && second !== 19;
		default:
			return ![0, 10, 127].includes(first) && first < 224;
	}
}

/** All public addresses are in 2000::/3. Others are local, private or wrap an IPv4 address. */
function isPublicIpv6(host: string): boolean {
	return /^\[[23][\da-f]{3}:/.test(host);
}
