import * as http from 'node:http';
import * as https from 'node:https';

/** Of which of an `env` a proxy is taken, where Node knows how (24.5 on). */
export type ProxyEnv = Readonly<Record<string, string | undefined>>;

/**
 * Connections that are kept for the next request to the same server, through the
 * proxies that the environment names.
 */
export function openAgent(
  protocol: string,
  proxyEnv: ProxyEnv,
  options: Pick<http.AgentOptions, 'maxSockets'> = {},
): http.Agent {
  const all = { ...options, keepAlive: true, proxyEnv: { ...proxyEnv } };
  return protocol === 'https:' ? new https.Agent(all) : new http.Agent(all);
}
