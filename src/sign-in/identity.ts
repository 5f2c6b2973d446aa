/** Who a request says it comes from, proven, before anything is known of what they may do. */
export type Identity =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'person'; readonly issuer: string; readonly subject: string }
  | { readonly kind: 'service'; readonly tokenHash: string }

export type Identify = (bearer: string | undefined) => Promise<Identity>

const sentences = {
  MALFORMED: {
    en: 'The Authorization header holds no usable token. Send "Authorization: Bearer <token>" with the token exactly as it was issued.',
    zh: '请求头 Authorization 中没有可用的令牌。请按 "Authorization: Bearer <令牌>" 的格式原样发送令牌。',
  },
  TOO_LONG: {
    en: 'The token is longer than 8 KiB. Ask the administrator of your identity provider to put fewer claims into it.',
    zh: '令牌超过 8 KiB。请联系身份认证平台管理员精简令牌内容。',
  },
  EXPIRED: { en: 'The token has expired. Sign in again to get a new one.', zh: '令牌已过期，请重新登录获取新令牌。' },
  NOT_YET_VALID: {
    en: 'The token is not valid yet. Check the clocks of the identity provider and of this server.',
    zh: '令牌尚未生效，请核对身份认证平台与本服务器的时钟。',
  },
  WRONG_ISSUER: {
    en: 'The token was issued by somebody whom this server does not trust. Sign in through the identity provider of this network.',
    zh: '令牌由本服务器不信任的机构签发，请通过本网络的统一身份认证登录。',
  },
  WRONG_AUDIENCE: {
    en: 'The token was issued for another application. Ask your portal to request one for Heli.',
    zh: '令牌是为其他应用签发的，请由门户为本系统申请令牌。',
  },
  WRONG_KIND: {
    en: 'The token is of a kind that does not sign anyone in here. Send an access token with an expiry and a subject, signed with RS256, PS256, ES256 or EdDSA.',
    zh: '该类令牌不能用于登录。请发送带有效期和主体、以 RS256、PS256、ES256 或 EdDSA 签名的访问令牌。',
  },
  BAD_SIGNATURE: {
    en: 'The signature of the token does not match any current key of its issuer. Sign in again.',
    zh: '令牌签名与签发机构的现行密钥不符，请重新登录。',
  },
} as const

export type SignInReason = keyof typeof sentences

/** The token proves nothing. It quotes neither the token nor the library that refused it. */
export class SignInError extends Error {
  override readonly name = 'SignInError'
  readonly code = 'UNAUTHENTICATED'
  readonly said: { readonly en: string; readonly zh: string }

  constructor(readonly reason: SignInReason) {
    super(sentences[reason].en)
    this.said = sentences[reason]
  }
}

/** The issuer's keys cannot be fetched: nothing is wrong with the token as far as anyone knows. */
export class SignInUnavailable extends Error {
  override readonly name = 'SignInUnavailable'
  readonly code = 'SIGN_IN_UNAVAILABLE'
  readonly said = {
    en: "Sign-in cannot be checked at the moment, because the identity provider's keys are out of reach. Try again shortly.",
    zh: '暂时无法取得身份认证平台的公钥，登录状态无法核验，请稍后再试。',
  }

  constructor(cause: unknown) {
    super("the identity provider's keys are out of reach", { cause })
  }
}
