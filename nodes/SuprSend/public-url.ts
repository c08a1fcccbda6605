/** Names that only mean something within one computer or network. */
const localNames =
	/(?:^|\.)(?:localhost|localdomain|local|internal|intranet|private|lan|home|corp|test|invalid|home\.arpa)$/;

/** Whether a URL leads to a host that everybody can reach, as far as its name or address says. */
export function isPublicUrl(url: string): boolean {
	if (!URL.canParse(url)) return false;
	// The parser writes every form of an IPv4 address, such as 0x7f.1, with four numbers.
	const { hostname } = new URL(url);
	if (hostname.includes('..')) return false;
	const host = hostname.replace(/\.$/, '');
	if (host.startsWith('[')) return isPublicIpv6(host);
	const numbers = /^(\d+)\.(\d+)\.(\d+)\.\d+$/.exec(host);
	if (numbers !== null) return isPublicIpv4(Number(numbers[1]), Number(numbers[2]), Number(numbers[3]));
	return host.includes('.') && !localNames.test(host);
}

/** Excludes the ranges of RFC 6890 that routers don't pass on, by their first three numbers. */
function isPublicIpv4(first: number, second: number, third: number): boolean {
	switch (first) {
		case 100:
			return second < 64 || second > 127;
		case 169:
			return second !== 254;
		case 172:
			return second < 16 || second > 31;
		case 192:
			return second !== 168 && !(second === 0 && (third === 0 || third === 2));
		case 198:
			return second !== 18 && second !== 19 && !(second === 51 && third === 100);
		case 203:
			return !(second === 0 && third === 113);
		default:
			return ![0, 10, 127].includes(first) && first < 224;
	}
}

/** 2001::/23, 2001:db8::/32, 2002::/16 and 3fff::/20 are for protocols, for examples, or wrap an IPv4 address. */
const specialIpv6 = /^\[(?:2001:(?:1?[\da-f]{0,2}|db8):|2002:|3fff:[\da-f]{0,3}:)/;

/** All public addresses are in 2000::/3. Others are local, private or wrap an IPv4 address. */
function isPublicIpv6(host: string): boolean {
	return /^\[[23][\da-f]{3}:/.test(host) && !specialIpv6.test(host);
}
