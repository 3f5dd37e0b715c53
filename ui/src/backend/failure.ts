/** Something that did not happen: what went wrong and what to do next, in sentences for the user. */
export class Failure extends Error {
  override readonly name = 'Failure'

  constructor(
    /** A word for programs; it never changes its meaning. */
    readonly code: string,
    readonly what: string,
    /** Empty where there is nothing to do. */
    readonly next: string,
  ) {
    super(what)
  }
}

/** Turns whatever was thrown into a Failure; what is not one of the backend's own becomes `unexpected`. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown
  if (typeof thrown === 'object' && thrown !== null) {
    const { code, what, next } = thrown as Record<string, unknown>
    if (typeof code === 'string' && typeof what === 'string' && typeof next === 'string') {
      return new Failure(code, what, next)
    }
  }
  const failure = new Failure('unexpected', '程序出了意料之外的问题，这一步没有完成。', '请再试一次；还不行，请在“设置”里打开日志文件夹，把日志交给技术人员。')
  failure.cause = thrown
  return failure
}
