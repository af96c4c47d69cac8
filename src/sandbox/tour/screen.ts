import { stdout } from 'node:process';
import { styleText } from 'node:util';

/** Lines of mail are cut here, so that the tour reads well in a terminal of the usual width, in characters. */
const WIDTH = 96;

const paint = (style: Parameters<typeof styleText>[0], text: string) =>
  // styleText itself leaves colours out where the terminal has none or NO_COLOR asks for it.
  styleText(style, text, { stream: stdout, validateStream: true });

/** Prints the tour. */
export const screen = {
  title(text: string): void {
    console.log(`\n${paint('bold', text)}`);
  },
  step(number: number, text: string): void {
    console.log(`\n${paint(['bold', 'cyan'], `${number}.`)} ${paint('bold', text)}`);
  },
  tool(name: string, args: object): void {
    console.log(`   ${paint('magenta', `→ ${name}`)} ${paint('dim', JSON.stringify(args))}`);
  },
  line(text: string): void {
    const [first = ''] = text.split('\n');
    console.log(`   ${first.length > WIDTH ? `${first.slice(0, WIDTH - 1)}…` : first}`);
  },
  quiet(text: string): void {
    console.log(`   ${paint('dim', text)}`);
  },
  good(text: string): void {
    console.log(`   ${paint('green', '✓')} ${text}`);
  },
};
