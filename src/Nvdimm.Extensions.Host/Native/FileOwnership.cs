namespace Nvdimm.Extensions.Host.Native;

/// <summary>Whose a file is, and what it is.</summary>
/// <param name="User">The number of its user.</param>
/// <param name="Group">The number of its group.</param>
/// <param name="Mode">Its permissions, with the set-id bits and the sticky bit.</param>
/// <param name="IsLink">Whether it is a symbolic link.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
internal readonly record struct FileOwnership(uint User, uint Group, int Mode, bool IsLink, bool IsFolder);
