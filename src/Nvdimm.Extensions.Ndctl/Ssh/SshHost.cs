using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Ndctl.Ssh;

/// <summary>What a host says of itself over SSH.</summary>
/// <param name="Listing">Its namespaces, with what the host does with them.</param>
/// <param name="PageSize">Its page size; null where it did not say.</param>
/// <param name="Selinux">What SELinux does there.</param>
public sealed record SshHost(NdctlListing Listing, Alignment? PageSize, SelinuxState Selinux)
{
    /// <summary>What SELinux does there.</summary>
    public SelinuxState Selinux { get; init => field = EnumArgument.Checked(value); } = EnumArgument.Checked(Selinux);
}
