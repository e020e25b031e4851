using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Ndctl.Ssh;

/// <summary>The facts about a host that were read over SSH.</summary>
/// <param name="Listing">Its namespaces, with the host's own use of them.</param>
/// <param name="PageSize">Its page size; null if it could not be read.</param>
/// <param name="Selinux">The mode of SELinux.</param>
public sealed record SshHost(NdctlListing Listing, Alignment? PageSize, SelinuxState Selinux)
{
    /// <summary>The mode of SELinux.</summary>
    public SelinuxState Selinux { get; init => field = EnumArgument.Checked(value); } = EnumArgument.Checked(Selinux);
}
