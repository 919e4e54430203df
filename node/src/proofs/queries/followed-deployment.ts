import { Inject, Injectable, Logger } from '@nestjs/common';
import { DEPLOYMENT } from '../../chain/index.js';
import {
  Config,
  type Deployment,
  implementationsOf,
  readDeployment,
  type RegistryImplementation,
  RereadFile,
} from '../../config/index.js';
import type { ContractName } from '../../kernel/contract-events.generated.js';

/**
 * The deployment file as it stands now: after an upgrade it lists another implementation, which counts without a restart.
 * Which registries a node follows it decides at its start alone.
 */
@Injectable()
export class FollowedDeployment {
  readonly #logger = new Logger(FollowedDeployment.name);
  readonly #file: RereadFile<Deployment>;

  constructor({ deployment: path }: Config, @Inject(DEPLOYMENT) initial: Deployment) {
    const read = (): Deployment => sameRegistries(path, initial, readDeployment(path));
    const refused = ({ message }: Error) => this.#logger.warn(`not followed: ${message}`);
    this.#file = new RereadFile(path, read, refused, initial);
  }

  /** The same object until the file has changed. */
  current(): Deployment {
    return this.#file.current();
  }

  implementations(contract: ContractName): RegistryImplementation[] {
    return implementationsOf(this.current().contracts[contract]);
  }
}

function sameRegistries(path: string, initial: Deployment, read: Deployment): Deployment {
  const names = Object.keys(initial.contracts) as ContractName[];
  const moved = names.find((name) => read.contracts[name].address !== initial.contracts[name].address);
  if (!moved && read.chainId === initial.chainId) return read;
  throw new Error(`${path} names ${moved ? `another ${moved}` : 'another chain'} than at the start of this process`);
}
