/** What a report can be begun with, by name: headings to fill in, in the order readers know them. */
export const TEMPLATES = {
  /** A letter to customers: what happened to them, what was done, what follows. */
  customer: `## Status

## Communication

## Summary of impact

## Preliminary root cause

## Timeline

::timeline

## Mitigation

## Next steps

## Further steps
`,
  /** The questions a reader asks, as headings. */
  review: `## What happened?

## What went wrong, and why?

## How did we respond?

::timeline

## How are we making incidents like this less likely, or less harmful?

## How can you make them less harmful for you?

## How can we make our communication more useful?
`,
  /** For engineers: blameless, with what was learned. */
  engineering: `## Summary

## Impact

## Root causes

## Trigger

## Detection

## Resolution

## Timeline

::timeline

## What was not affected

## What we do not know

## Lessons learned

### What went well

### What went wrong

### Where we were lucky
`,
} as const;
