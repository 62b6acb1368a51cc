import { request } from 'node:https';
import type { JsonObject } from '../../src/json.ts';
import type { Installation } from './installation.ts';

/** Posts to the Service as the API server does: by its name, trusting what caBundle says and nothing else. */
export async function postTo(
  installation: Installation,
  path: string,
  body: JsonObject,
): Promise<JsonObject> {
  const ca = await installation.bundle();
  const { host, port, servername } = installation.service;
  const text = await new Promise<string>((resolve, reject) => {
    const call = request(
      {
        host,
        port,
        servername,
        ca,
        path,
        method: 'POST',
        agent: false,
        headers: { 'content-type': 'application/json' },
      },
      (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('end', () => resolve(Buffer.concat(pieces).toString()));
        response.on('error', reject);
      },
    );
    call.on('error', reject);
    call.end(JSON.stringify(body));
  });
  return JSON.parse(text) as JsonObject;
}
