import { createInterface } from "node:readline";
import { autocompleteMultiselect, confirm, multiline, password, select, text } from "@clack/prompts";
import { masked } from "#lib/content/secrets/mask.ts";

/** A word of the command line that is missing, where nobody can be asked. */
class MissingAnswer extends Error {
  override readonly name = "MissingAnswer";
  readonly code = "MISSING";
}

/** Why an answer cannot be taken; undefined when it can. */
export type Judge = (answer: string) => string | undefined;

/** What was given as a flag, or what the person at the terminal answers. In a script a missing answer is an error. */
export async function answered(
  given: string | undefined,
  flag: string,
  question: string,
  judge: Judge = () => undefined,
): Promise<string> {
  if (given !== undefined) return given;
  insistOnTerminal(flag);
  const validate = (answer: string | undefined) => notEmpty(answer) ?? judge(answer ?? "");
  return typed(flag, said(await text({ message: question, validate })));
}

/** The same for what may be left out, by an empty answer; where there is nobody to ask, it is. */
export async function answeredIfAny(
  given: string | undefined,
  flag: string,
  question: string,
  judge: Judge,
): Promise<string | undefined> {
  if (given !== undefined || !isTerminal()) return given;
  const answer = await text({ message: question, validate: (each) => (each?.trim() ? judge(each) : undefined) });
  return typed(flag, said(answer ?? "")).trim() || undefined;
}

/** The same for a text of several lines. */
export async function answeredAtLength(given: string | undefined, flag: string, question: string): Promise<string> {
  if (given !== undefined) return given;
  insistOnTerminal(flag);
  const message = `${question} (Markdown; press Enter twice to end it)`;
  return typed(flag, said(await multiline({ message, validate: notEmpty })));
}

/** What was answered so far, by flag: it may be nowhere else. */
const answers = new Map<string, string>();

/** Everything that was typed so far, in words, to be shown when nothing came of it. */
export function typedSoFar(): string {
  const lines = [...answers].map(([flag, answer]) => `${flag}:${answer.includes("\n") ? "\n" : " "}${answer}`);
  return lines.join("\n");
}

function typed(flag: string, answer: string): string {
  if (answer !== "") answers.set(flag, answer);
  return answer;
}

/** What nobody shall read over a shoulder or in the list of processes; in a script, the first line of standard input. */
export async function askedSecret(question: string): Promise<string> {
  if (isTerminal()) return said(await password({ message: question }));
  for await (const line of createInterface({ input: process.stdin })) return line.trim();
  return "";
}

/** Something to choose, in words for the person who chooses. */
export interface Choice<T extends string> {
  readonly value: T;
  readonly label?: string;
  readonly hint?: string;
}

/** The same for one of a few values. */
export async function chosen<T extends string>(
  given: T | undefined,
  flag: string,
  question: string,
  choices: readonly Choice<T>[],
): Promise<T> {
  if (given !== undefined) return given;
  insistOnTerminal(flag);
  const options = choices.map((choice): Choice<string> => choice);
  return said(await select<string>({ message: question, options })) as T;
}

/** Any number of values, also none, from the person at the terminal; typing narrows the list down. */
export async function chosenSome(question: string, choices: readonly Choice<string>[]): Promise<readonly string[]> {
  const answer = await autocompleteMultiselect<string>({ message: question, options: [...choices] });
  return typeof answer === "symbol" ? leave() : answer;
}

/** Whether the person at the terminal says yes. In a script, where nobody can be asked, the command itself says so. */
export async function agreed(question: string): Promise<boolean> {
  if (!isTerminal()) return true;
  const answer = await confirm({ message: question });
  return answer === true;
}

/** Whether there is anybody to ask. */
export function isTerminal(): boolean {
  return process.stdin.isTTY && process.stdout.isTTY;
}

function insistOnTerminal(flag: string): void {
  if (isTerminal()) return;
  throw new MissingAnswer(`${flag} is missing, and there is no terminal to ask in.`);
}

function notEmpty(value: string | undefined): string | undefined {
  return value?.trim() ? undefined : "Please write something; Ctrl+C leaves without writing anything.";
}

/** The answer; somebody who leaves a question leaves the command, with the exit code of Ctrl+C. */
function said(answer: string | symbol): string {
  return typeof answer === "string" ? answer : leave();
}

function leave(): never {
  process.stdout.write("Nothing was written.\n");
  const kept = masked(typedSoFar());
  if (kept !== "") process.stderr.write(`What you wrote, to be used again:\n\n${kept}\n\n`);
  process.exit(130);
}
