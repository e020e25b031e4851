namespace Nvdimm.Extensions.Host.Native;

/// <summary>The owner, permissions and type of a file.</summary>
/// <param name="User">The user id.</param>
/// <param name="Group">The group id.</param>
/// <param name="Mode">The permissions, with the set-id bits and the sticky bit.</param>
/// <param name="IsLink">Whether it is a symbolic link.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
internal readonly record struct FileOwnership(uint User, uint Group, int Mode, bool IsLink, bool IsFolder);
