// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

/// @title IReceivableToken
/// @notice Receivables as any ERC-721 reader sees them: token id = receivable id, owner = one-time account of the holder.
/// @dev The functions and the transfer event of ERC-721; its approval events are left out since none ever happens.
interface IReceivableToken is IERC165 {
    /// @notice Issued or split off (from zero), voided or split up (to zero).
    event Transfer(address indexed from, address indexed to, uint256 indexed tokenId);

    /// @notice Only its life cycle moves a receivable; ERC-721 transfers and approvals are refused.
    error ReceivableNotTransferable();
    /// @notice The zero address holds nothing.
    error ReceivableInvalidOwner(address owner);

    function balanceOf(address owner) external view returns (uint256);
    function ownerOf(uint256 tokenId) external view returns (address);
    function getApproved(uint256 tokenId) external view returns (address);
    function isApprovedForAll(address owner, address operator) external view returns (bool);
    function approve(address to, uint256 tokenId) external;
    function setApprovalForAll(address operator, bool approved) external;
    function transferFrom(address from, address to, uint256 tokenId) external;
    function safeTransferFrom(address from, address to, uint256 tokenId) external;
    function safeTransferFrom(address from, address to, uint256 tokenId, bytes calldata data) external;
}
