/** The part of Playwright that we use. It is installed with the clients, where the compiler can't see its types. */
export interface Playwright {
	chromium: {
		launch(options: { executablePath: string; args: string[] }): Promise<Browser>;
	};
}
export interface Browser {
	newPage(options?: {
		viewport?: { width: number; height: number };
		deviceScaleFactor?: number;
	}): Promise<Page>;
	close(): Promise<void>;
}
export interface Page {
	addInitScript(script: string): Promise<void>;
	goto(url: string): Promise<unknown>;
	url(): string;
	waitForURL(matches: (url: URL) => boolean): Promise<void>;
	waitForResponse(url: RegExp): Promise<unknown>;
	evaluate<T>(program: string): Promise<T>;
	locator(selector: string, options?: LocatorFilter): Locator;
	setDefaultTimeout(milliseconds: number): void;
	emulateMedia(media: { colorScheme: 'light' | 'dark' }): Promise<void>;
	screenshot(options: { path: string }): Promise<unknown>;
	waitForEvent(event: 'filechooser'): Promise<{ setFiles(path: string): Promise<void> }>;
	on(event: 'pageerror', listener: (error: Error) => void): void;
	on(event: 'request', listener: (request: { url(): string }) => void): void;
	on(
		event: 'console',
		listener: (message: { type(): string; text(): string; location(): { url: string } }) => void,
	): void;
	keyboard: { press(key: string): Promise<void> };
	mouse: {
		move(x: number, y: number, options?: { steps: number }): Promise<void>;
		down(): Promise<void>;
		up(): Promise<void>;
	};
	setViewportSize(size: { width: number; height: number }): Promise<void>;
	close(): Promise<void>;
}
interface LocatorFilter {
	hasText?: string | RegExp;
	has?: Locator;
	visible?: boolean;
}
/** In pixels of the viewport. */
export interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}
/** An element that Playwright looks up for every action. It waits until the action is possible. */
export interface Locator {
	locator(selector: string, options?: LocatorFilter): Locator;
	filter(options: LocatorFilter): Locator;
	or(other: Locator): Locator;
	first(): Locator;
	last(): Locator;
	nth(index: number): Locator;
	all(): Promise<Locator[]>;
	count(): Promise<number>;
	click(): Promise<void>;
	dblclick(): Promise<void>;
	hover(): Promise<void>;
	boundingBox(): Promise<Box | null>;
	scrollIntoViewIfNeeded(): Promise<void>;
	fill(text: string): Promise<void>;
	press(key: string): Promise<void>;
	waitFor(options?: {
		state?: 'visible' | 'hidden' | 'attached' | 'detached';
		timeout?: number;
	}): Promise<void>;
	isVisible(): Promise<boolean>;
	innerText(): Promise<string>;
	inputValue(): Promise<string>;
	allInnerTexts(): Promise<string[]>;
	getAttribute(name: string): Promise<string | null>;
}
