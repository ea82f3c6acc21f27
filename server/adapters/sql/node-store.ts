import type { NodeStore } from '../../core/nodes/node-store.ts'
import {
  insertNode,
  insertNodes,
  insertVersion,
  insertVersions,
  lockTree,
  removeMounts,
  supersedeVersion,
  takeNodeIds,
  updateNode,
} from './node-changes.ts'
import { children, countChildren, seekKey } from './node-children.ts'
import { countWithin } from './node-counts.ts'
import {
  childByKey,
  childrenByKeys,
  countExpired,
  countOldVersions,
  expiredNodes,
  homesOf,
  mountsOf,
  mountsTo,
  nodeByCurrent,
  nodeById,
  nodesById,
  takenKeys,
  versionsOf,
} from './node-look-ups.ts'
import { marksOf } from './node-marks.ts'
import { purge } from './node-purge.ts'
import { countFound, found } from './node-search.ts'
import {
  ancestorsOf,
  firstBelow,
  heightOf,
  isWithin,
  lockNodes,
  lockSubtrees,
  markDeleted,
  rebound,
  roomsWithin,
  subtree,
} from './node-tree.ts'
import { countRooms, endFiles, pageOfRooms } from './room-pages.ts'
import type { Scope } from './scope.ts'
import { sharedFolders } from './shared-folders.ts'

/** The nodes of one tenant. */
export function nodeStore(scope: Scope): NodeStore {
  return {
    lockTree: () => lockTree(scope),
    lock: (ids, hold) => lockNodes(scope, ids, hold),
    lockSubtrees: (ids) => lockSubtrees(scope, ids),
    takeIds: (count) => takeNodeIds(scope, count),
    find: (id) => nodeById(scope, id),
    findByCurrent: (currentId) => nodeByCurrent(scope, currentId),
    findMany: (ids) => nodesById(scope, ids),
    endFiles: (roomId, seconds) => endFiles(scope, roomId, seconds),
    countRooms: (filter) => countRooms(scope, filter),
    rooms: (filter, page) => pageOfRooms(scope, filter, page),
    findChild: (parentId, key) => childByKey(scope, parentId, key),
    findChildren: (places) => childrenByKeys(scope, places),
    insert: (node) => insertNode(scope, node),
    insertMany: (nodes) => insertNodes(scope, nodes),
    update: (id, change) => updateNode(scope, id, change),
    ancestors: async (id) => (await ancestorsOf(scope, [id])).get(id) ?? [],
    ancestorsOf: (ids) => ancestorsOf(scope, ids),
    subtree: (id) => subtree(scope, id),
    firstBelow: (id, limit) => firstBelow(scope, id, limit),
    height: (id) => heightOf(scope, id),
    roomsWithin: (id) => roomsWithin(scope, id),
    sharedFolders: (query) => sharedFolders(scope, query),
    countWithin: (id) => countWithin(scope, id),
    isWithin: (id, ancestorId) => isWithin(scope, id, ancestorId),
    rebound: (id, from, to) => rebound(scope, id, from, to),
    markDeleted: (id, at, by) => markDeleted(scope, id, at, by),
    purge: (id) => purge(scope, id),
    countChildren: (query) => countChildren(scope, query),
    children: (query, page) => children(scope, query, page),
    countFound: (query) => countFound(scope, query),
    found: (query, page) => found(scope, query, page),
    seekKey,
    takenKeys: (parentId, prefixKey) => takenKeys(scope, parentId, prefixKey),
    countExpired: (parentId, kinds, now) => countExpired(scope, parentId, kinds, now),
    mountsOf: (homeId) => mountsOf(scope, homeId),
    mountsTo: (targetId) => mountsTo(scope, targetId),
    removeMounts: (ids) => removeMounts(scope, ids),
    homesOf: (userIds) => homesOf(scope, userIds),
    insertVersion: (version) => insertVersion(scope, version),
    insertVersions: (versions) => insertVersions(scope, versions),
    supersedeVersion: (versionId, at, by = null) => supersedeVersion(scope, versionId, at, by),
    versions: (nodeId) => versionsOf(scope, nodeId),
    marksOf: (nodeIds, userId) => marksOf(scope, nodeIds, userId),
    countOldVersions: (nodeIds) => countOldVersions(scope, nodeIds),
    expired: (now, limit) => expiredNodes(scope, now, limit),
  }
}
