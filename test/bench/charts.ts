import {
	milliseconds,
	oneEachNames,
	processNames,
	queueNames,
	seconds,
	suprSendNames,
	thousands,
	triggerNames,
} from './names';
import type { QueueContender, QueueFigures } from './queue';
import type { QueueRun, Results } from './results';

type Theme = 'light' | 'dark';

interface Bar {
	label: string;
	value: number;
	shown: string;
	isOurs: boolean;
}

interface Panel {
	title: string;
	bars: Bar[];
}

interface Chart {
	title: string;
	/** Whether bars of different panels can be compared. */
	oneScale?: boolean;
	panels: Panel[];
}

/** Returns each chart for light and for dark pages, by the path of its file. */
export function imagesOf(results: Results): Record<string, string> {
	return draw(chartsOf(results));
}

export function queueImagesOf(run: QueueRun): Record<string, string> {
	return draw(queueChartsOf(run));
}

function draw(charts: Record<string, Chart>): Record<string, string> {
	const images = Object.entries(charts).flatMap(([name, chart]) => [
		[`docs/images/${name}.svg`, drawChart(chart, 'light')],
		[`docs/images/${name}.dark.svg`, drawChart(chart, 'dark')],
	]);
	return Object.fromEntries(images) as Record<string, string>;
}

/** Charts by the name of their file in `docs/images`, without the extension. */
function chartsOf({ suprsend, oneEach, trigger, core }: Results): Record<string, Chart> {
	const late = suprsend.runs.at(-1);
	const limited = oneEach.limited.contenders;
	return {
		'bench-suprsend': {
			title: `${thousands(suprsend.events)} events to SuprSend, which responds after ${late?.latencyMs} ms`,
			panels: [
				{
					title: 'Seconds until the last event arrives (less is better)',
					bars: Object.entries(suprSendNames).map(([name, label]) => {
						const { wallMs = 0 } = late?.contenders[name as keyof typeof suprSendNames] ?? {};
						return bar(label, wallMs, seconds(wallMs));
					}),
				},
			],
		},
		'bench-rate-limit': {
			title: `${thousands(oneEach.limited.events)} events to a service that accepts ${oneEach.limited.requestsPerSecond} per second`,
			panels: [
				{
					title: 'Delivered events (more is better)',
					bars: (['ours', 'httpRequest'] as const).map((name) =>
						bar(oneEachNames[name], limited[name].delivered, thousands(limited[name].delivered)),
					),
				},
			],
		},
		'bench-trigger': {
			title: 'Receiving events, 100 per request',
			oneScale: true,
			panels: trigger.engines.map(({ engine, batches }) => ({
				title: `Events per second, ${triggerPanels[engine]} (more is better)`,
				bars: Object.entries(batches.find(({ batch }) => batch === 100)?.contenders ?? {}).map(
					([name, { eventsPerSecond }]) =>
						bar(triggerNames[name as keyof typeof triggerNames], eventsPerSecond, thousands(eventsPerSecond)),
				),
			})),
		},
		'bench-core': {
			title: 'Code of the nodes, without n8n',
			panels: [
				{
					title: 'Events normalized and validated per second (more is better)',
					bars: [
						bar('**this package**', core.normalizing.ours, thousands(core.normalizing.ours)),
						bar("Segment's actions-core", core.normalizing.segment, thousands(core.normalizing.segment)),
					],
				},
				...core.verifying.map(({ kilobytes, ours, standardwebhooks, svix }) => ({
					title: `Signatures of ${kilobytes} KB bodies verified per second (more is better)`,
					bars: [
						bar('**this package**', ours, thousands(ours)),
						bar('standardwebhooks', standardwebhooks, thousands(standardwebhooks)),
						bar('svix', svix, thousands(svix)),
					],
				})),
			],
		},
	};
}

function queueChartsOf({ machine, queue: { events, contenders } }: QueueRun): Record<string, Chart> {
	const byContender = (figure: (figures: QueueFigures) => number) =>
		Object.entries(contenders).map(([name, figures]) =>
			bar(queueNames[name as QueueContender], figure(figures), thousands(figure(figures))),
		);
	return {
		'bench-queue': {
			title: `Queue mode: ${thousands(events)} events, 100 per request unless stated otherwise, on ${machine.cores} cores`,
			panels: [
				{
					title: 'Events acknowledged per second (more is better)',
					bars: byContender(({ acknowledgedPerSecond }) => acknowledgedPerSecond),
				},
				{
					title: 'Events delivered per second (more is better)',
					bars: byContender(({ deliveredPerSecond }) => deliveredPerSecond),
				},
				{
					title: 'CPU time for 100 events, in queue mode with 2 workers (less is better)',
					bars: Object.entries(contenders.twoWorkers.cpuMsPer100).map(([name, ms]) =>
						bar(processNames[name] ?? name, ms, milliseconds(ms)),
					),
				},
			],
		},
	};
}

/** Names in bold are ours. */
function bar(name: string, value: number, shown: string): Bar {
	return { label: name.replaceAll('**', ''), value, shown, isOurs: name.startsWith('**') };
}

const triggerPanels = {
	vm: "n8n's default settings",
	lazy: 'N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true',
	legacy: 'N8N_EXPRESSION_ENGINE=legacy',
};

const themes = {
	light: { text: '#1F2937', quiet: '#57606A', ours: '#4338CA', theirs: '#8C959F' },
	dark: { text: '#E6EDF3', quiet: '#B1BAC4', ours: '#A5B4FC', theirs: '#656C76' },
};

const width = 960;
const labelWidth = 300;
const valueWidth = 110;
const barHeight = 26;
const panelHead = 34;
const panelGap = 14;
const chartHead = 44;

/** Draws bars side by side, on scales that start at zero. */
function drawChart({ title, panels, oneScale = false }: Chart, theme: Theme): string {
	const colors = themes[theme];
	const drawn: string[] = [];
	let y = chartHead;
	for (const panel of panels) {
		const compared = oneScale ? panels : [panel];
		const most = Math.max(...compared.flatMap(({ bars }) => bars.map(({ value }) => value)));
		drawn.push(text(0, y + 18, panel.title, { size: 14, fill: colors.quiet }));
		y += panelHead;
		for (const { label, value, shown, isOurs } of panel.bars) {
			const length = Math.max(2, (value / most) * (width - labelWidth - valueWidth));
			const fill = isOurs ? colors.ours : colors.theirs;
			const weight = isOurs ? 600 : 400;
			drawn.push(
				text(labelWidth - 12, y + 17, label, { size: 14, fill: colors.text, anchor: 'end', weight }),
				`<rect x="${labelWidth}" y="${y + 3}" width="${length.toFixed(1)}" height="${barHeight - 6}" rx="3" fill="${fill}"/>`,
				text(labelWidth + length + 8, y + 17, shown, { size: 14, fill: colors.text, weight }),
			);
			y += barHeight;
		}
		y += panelGap;
	}
	const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" width="${width}" height="${y}" role="img" font-family="-apple-system, 'Segoe UI', 'Noto Sans', Helvetica, Arial, sans-serif">`;
	const heading = text(0, 24, title, { size: 18, fill: colors.text, weight: 600 });
	return [head, `<title>${escaped(title)}</title>`, heading, ...drawn, '</svg>', ''].join('\n');
}

interface TextStyle {
	size: number;
	fill: string;
	anchor?: 'start' | 'end';
	weight?: number;
}

function text(x: number, y: number, content: string, style: TextStyle): string {
	const { size, fill, anchor = 'start', weight = 400 } = style;
	return `<text x="${x.toFixed(1)}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}">${escaped(content)}</text>`;
}

function escaped(content: string): string {
	return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
