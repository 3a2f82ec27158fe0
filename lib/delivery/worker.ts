import { setImmediate as breathe } from "node:timers/promises";
import { type Claimed, type Halt, type OpenSeal, type Settled, sealKey } from "#lib/model/delivery.ts";
import { CHANNELS, type ChannelName } from "#lib/model/subscription.ts";
import type { Attempted, Attempts } from "./attempt.ts";
import type { DeliveryQueue, Want } from "./queue.ts";
import { haltOf } from "./scope.ts";
import { WavePatience } from "./wave-patience.ts";
import { isFailing, judgeWave, LAST_WAVE } from "./waves.ts";

export interface WorkerSettings {
  /** Most attempts at a time on each channel. */
  readonly concurrency: Readonly<Record<ChannelName, number>>;
  /** The share of failures, from 0 to 1, that stops a notice. */
  readonly failureLimit: number;
  /** How often halts and new notices are looked for, in milliseconds. */
  readonly pollMs: number;
  /** How often the worker says that it lives, in milliseconds. */
  readonly beatMs: number;
  /** After so long without a word others may take this worker for dead: what it holds is not sent any more. */
  readonly leaseMs: number;
}

/** Everything a worker works with. */
export interface WorkerOptions {
  readonly queue: DeliveryQueue;
  readonly attempts: Attempts;
  readonly settings: WorkerSettings;
  readonly clock: () => number;
  /** The queue could not be asked; it is asked again. */
  readonly onError: (error: unknown) => void;
  /** Something that an operator should know at once. */
  readonly onAlarm: (message: string) => void;
}

/**
 * Answers are collected for so long, in milliseconds, or until a good share of what is in flight has come: each time they
 * are reported, the disk is waited for.
 */
const GATHER_MS = 20;
const GOOD_SHARE = 0.5;

interface InFlight {
  readonly claimed: Claimed;
  readonly event: string;
  /** Aborted once nothing of it may leave any more. */
  readonly hold: AbortController;
  /** Aborted once nobody waits for its answer any more. */
  readonly stop: AbortController;
}

/**
 * Delivers what is sealed: takes what is due, tries it, and writes down what became of it. Answers are written in the
 * same transaction that takes the next, so that the queue is asked as seldom as the disk allows.
 */
export class Worker {
  readonly #options: WorkerOptions;
  readonly #flights = new Map<number, InFlight>();
  /** Those that were taken and are not begun yet. */
  #taken: InFlight[] = [];
  /** Answers that are not written down yet. */
  #settled: Settled[] = [];
  #halts: readonly Halt[] = [];
  /** Those of this worker that the queue does not list yet. */
  #ownHalts: readonly Halt[] = [];
  /** Those among them that the store has taken: from the next look on it alone says whether they hold. */
  readonly #storedHalts = new Set<Halt>();
  #seals: readonly OpenSeal[] = [];
  /** Until when a seal has nothing that is due. */
  readonly #dryUntil = new Map<string, number>();
  readonly #patience = new WavePatience();
  /** Counts the times that deliveries were asked for. */
  #turn = 0;
  #beatAt = Number.NEGATIVE_INFINITY;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #isStopping = false;
  #isIdle = false;
  readonly #sleepers = new Set<() => void>();
  readonly #running: Promise<void>;

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#running = this.#run();
  }

  /** Ends once nothing is due and nothing is in flight; what is due later stays in the queue. */
  async idle(): Promise<void> {
    for (let quiet = 0; quiet < 3; quiet = this.#isIdle ? quiet + 1 : 0) await this.#pause();
  }

  /** Takes nothing more, lets what is in flight end for as long as `graceMs`, and signs off. */
  async stop(graceMs: number): Promise<void> {
    this.#isStopping = true;
    this.#wake();
    this.#hold(() => true);
    const timer = setTimeout(() => this.#abort(() => true), graceMs);
    await this.#running;
    clearTimeout(timer);
  }

  async #run(): Promise<void> {
    while (this.#goesOn()) {
      let hasWorked = false;
      try {
        await this.#look();
        hasWorked = await this.#exchange();
      } catch (error) {
        this.#options.onError(error);
      }
      this.#isIdle = !hasWorked && this.#settled.length === 0 && this.#flights.size === 0;
      if (hasWorked && (this.#isEnough() || this.#mustLook())) {
        // However quick store and answers are, timers have their turn.
        await breathe();
      } else {
        this.#begin();
        // It may have been told to stop in the meantime, when there was nobody to wake.
        if (this.#goesOn()) await this.#pause();
      }
    }
    await this.#options.queue.leave();
  }

  #goesOn(): boolean {
    return !this.#isStopping || this.#flights.size > 0;
  }

  #isEnough(): boolean {
    return this.#settled.length > 0 && this.#settled.length >= GOOD_SHARE * this.#flights.size;
  }

  /** Whether answers have just shown that a notice may be failing: that is looked at before anything else is waited for. */
  #mustLook(): boolean {
    return this.#lookedAt === Number.NEGATIVE_INFINITY;
  }

  /** Waits until answers come, or until it is time to look again. */
  #pause(): Promise<void> {
    return new Promise((done) => {
      const wake = () => {
        clearTimeout(timer);
        this.#sleepers.delete(wake);
        done();
      };
      const timer = setTimeout(wake, this.#settled.length > 0 ? GATHER_MS : this.#options.settings.pollMs);
      this.#sleepers.add(wake);
    });
  }

  #wake(): void {
    for (const wake of [...this.#sleepers]) wake();
  }

  /** Takes notice of halts, of other workers' deaths, and of what may leave. */
  async #look(): Promise<void> {
    const { queue, settings, clock, onAlarm } = this.#options;
    const now = clock();
    // Others may take this worker for dead: nothing leaves any more, and answers that come late are heard.
    if (now - this.#beatAt > settings.leaseMs) this.#hold(() => true);
    const isTime = Math.abs(now - this.#lookedAt) >= settings.pollMs;
    if (isTime) {
      this.#lookedAt = now;
      // Before anything else: a halt that stands outside the store is heeded while the store is out of reach.
      await this.#heedHalts();
    }
    if (Math.abs(now - this.#beatAt) >= settings.beatMs) {
      const lost = await queue.beat(now, [...this.#flights.keys()]);
      this.#beatAt = now;
      if (lost > 0) onAlarm(`A worker died. Whether the ${lost} messages it was sending arrived is not known.`);
    }
    if (!isTime) return;
    this.#seals = await queue.openSeals();
    this.#holdStopped();
    this.#patience.keepOnly(this.#seals);
    for (const seal of this.#seals) await this.#steer(seal, now);
  }

  async #heedHalts(): Promise<void> {
    // What the store has by now is listed, unless somebody has lifted it already.
    const stored = new Set(this.#storedHalts);
    const listed = await this.#options.queue.halts();
    this.#ownHalts = this.#ownHalts.filter((halt) => !stored.has(halt));
    for (const halt of stored) this.#storedHalts.delete(halt);
    this.#halts = [...listed, ...this.#ownHalts];
    this.#abort(({ claimed, event }) => this.#isHalted(claimed, event));
  }

  /** Whether anything that a message tells must not leave. */
  #isHalted({ carries = [], channel, notice }: Claimed, event: string): boolean {
    return [notice, ...carries].some((each) => haltOf(this.#halts, { notice: each, channel, event }) !== undefined);
  }

  /** Lets nothing of these leave that has not left. */
  #hold(concerned: (flight: InFlight) => boolean): void {
    for (const flight of this.#flights.values()) if (concerned(flight)) flight.hold.abort();
  }

  /** Ends these, whatever has left of them. */
  #abort(concerned: (flight: InFlight) => boolean): void {
    this.#hold(concerned);
    for (const flight of this.#flights.values()) if (concerned(flight)) flight.stop.abort();
  }

  /** Lets the next wave leave once the last did well, and nothing more when too much goes wrong. */
  async #steer(seal: OpenSeal, now: number): Promise<void> {
    const { queue, settings } = this.#options;
    const limit = settings.failureLimit;
    if (seal.wave >= LAST_WAVE) {
      if (isFailing(seal, limit, false)) await this.#stopSeal(seal, now);
      return;
    }
    if (haltOf(this.#halts, seal)) return this.#patience.forget(seal);
    const isLate = this.#patience.isLate(seal, now);
    const progress = await queue.waveState(seal, isLate);
    this.#patience.see(seal, progress, now);
    const verdict = judgeWave(progress, seal, limit, isLate);
    if (verdict === "stop") await this.#stopSeal(seal, now);
    if (verdict === "wait" || verdict === "stop") return;
    if (verdict === "widen" && typeof progress !== "string") await queue.widenWave(seal, progress.all);
    if (verdict === "open-next") {
      await queue.openWave(seal);
      this.#seals = this.#seals.map((each) => (each === seal ? { ...seal, wave: seal.wave + 1 } : each));
    }
    this.#patience.forget(seal);
    this.#dryUntil.delete(sealKey(seal));
  }

  async #stopSeal(seal: OpenSeal, now: number): Promise<void> {
    const bad = seal.failed + seal.unknown;
    const why = `${bad} of the first ${seal.accepted + bad} messages did not arrive.`;
    this.#seals = this.#seals.filter((each) => each !== seal);
    this.#holdStopped();
    await this.#options.queue.stopSeal(seal, why, now);
    this.#options.onAlarm(`Notice ${seal.notice} was stopped on ${seal.channel}: ${why}`);
  }

  /** Reports answers to the queue and takes what is due. @returns whether there was anything to do */
  async #exchange(): Promise<boolean> {
    const { queue, clock } = this.#options;
    const now = clock();
    const answers = this.#settled;
    this.#count(answers);
    const wants = this.#wants(now, answers);
    if (answers.length === 0 && wants.length === 0) return false;
    this.#settled = [];
    let claimed: readonly Claimed[];
    try {
      const exchanging = queue.exchange(answers, wants, now);
      // What was taken the last time leaves while the store is at work.
      this.#begin();
      claimed = await exchanging;
    } catch (error) {
      this.#settled = [...answers, ...this.#settled];
      throw error;
    }
    for (const answer of answers) this.#flights.delete(answer.claimed.id);
    const bySeal = Map.groupBy(claimed, sealKey);
    const gotOf = (seal: OpenSeal) => bySeal.get(sealKey(seal)) ?? [];
    for (const { seal, most } of wants) {
      const mine = gotOf(seal);
      for (const one of mine) this.#take(one, seal.event);
      if (mine.length < most) this.#dryUntil.set(sealKey(seal), now + this.#options.settings.pollMs);
    }
    for (const { seal } of wants) {
      if (seal.wave >= LAST_WAVE && gotOf(seal).length === 0) await queue.closeSeal(seal);
    }
    return answers.length > 0 || claimed.length > 0;
  }

  /** Counts answers on the seals as they were last seen, so that nothing more is taken of one that is just found failing. */
  #count(answers: readonly Settled[]): void {
    const bySeal = Map.groupBy(answers, ({ claimed }) => sealKey(claimed));
    this.#seals = this.#seals.map((seal) => {
      const mine = bySeal.get(sealKey(seal)) ?? [];
      const more = (state: Settled["state"]) => mine.filter((one) => one.state === state).length;
      const [accepted, failed] = [seal.accepted + more("accepted"), seal.failed + more("failed")];
      return { ...seal, accepted, failed, unknown: seal.unknown + more("unknown") };
    });
    const isSuspect = (seal: OpenSeal) => this.#isSuspect(seal) && !haltOf(this.#halts, seal);
    if (this.#seals.some(isSuspect)) this.#lookedAt = Number.NEGATIVE_INFINITY;
  }

  /** What was taken of a seal that is not open any more, whoever stopped it, does not leave. */
  #holdStopped(): void {
    const open = new Set(this.#seals.map(sealKey));
    this.#hold(({ claimed }) => !open.has(sealKey(claimed)));
  }

  #isSuspect(seal: OpenSeal): boolean {
    return isFailing(seal, this.#options.settings.failureLimit, false);
  }

  /** What there is room for: each notice gets a share of its channel, so that one to many keeps no other waiting. */
  #wants(now: number, answered: readonly Settled[]): Want[] {
    if (this.#isStopping) return [];
    const ready = this.#seals.filter(
      (seal) => !(haltOf(this.#halts, seal) || this.#isDry(seal, now) || this.#isSuspect(seal)),
    );
    this.#turn += 1;
    return CHANNELS.flatMap((channel) => {
      const seals = ready.filter((seal) => seal.channel === channel);
      const isOn = ({ claimed }: Pick<Settled, "claimed">) => claimed.channel === channel;
      // Those that are just reported make room in the same moment.
      const busy = [...this.#flights.values()].filter(isOn).length - answered.filter(isOn).length;
      const room = this.#options.settings.concurrency[channel] - busy;
      if (room <= 0 || seals.length === 0) return [];
      // Of more notices than there is room for, others have their turn each time.
      const first = seals.length > room ? this.#turn % seals.length : 0;
      const most = Math.max(1, Math.floor(room / seals.length));
      return [...seals.slice(first), ...seals.slice(0, first)].slice(0, room).map((seal) => ({ seal, most }));
    });
  }

  /** A clock that was set back is no reason to wait for the time that it had shown. */
  #isDry(seal: OpenSeal, now: number): boolean {
    const until = this.#dryUntil.get(sealKey(seal)) ?? 0;
    return until > now && until <= now + this.#options.settings.pollMs;
  }

  #take(claimed: Claimed, event: string): void {
    const flight: InFlight = { claimed, event, hold: new AbortController(), stop: new AbortController() };
    this.#flights.set(claimed.id, flight);
    this.#taken.push(flight);
    if (this.#isStopping || this.#isHalted(claimed, event)) flight.hold.abort();
  }

  #begin(): void {
    const { attempts, onError } = this.#options;
    const taken = this.#taken;
    this.#taken = [];
    for (const { claimed, hold, stop } of taken) {
      attempts.make(claimed, hold.signal, stop.signal).then(this.#land, onError);
    }
  }

  readonly #land = ({ outcome, breach }: Attempted): void => {
    if (breach !== undefined) this.#haltNotice(outcome.claimed, breach).catch(this.#options.onError);
    this.#settled.push(outcome);
    if (this.#isEnough()) this.#wake();
    else if (this.#settled.length === 1) setTimeout(() => this.#wake(), GATHER_MS);
  };

  /** A message did not agree with its seal: nothing more of its notice leaves, from this moment on. */
  async #haltNotice({ notice, channel }: Settled["claimed"], why: string): Promise<void> {
    const { queue, clock, onAlarm } = this.#options;
    if (haltOf(this.#halts, { notice, channel, event: "" })) return;
    const halt: Halt = { scope: `notice:${notice}`, why, at: clock(), by: "the guard" };
    this.#ownHalts = [...this.#ownHalts, halt];
    this.#halts = [...this.#halts, halt];
    this.#abort(({ claimed }) => claimed.notice === notice);
    onAlarm(`Notice ${notice} was halted before a message left: ${why}`);
    await queue.halt(halt);
    this.#storedHalts.add(halt);
  }
}
