namespace Nvdimm.Extensions.Policy;

/// <summary>What SELinux does on a host.</summary>
public enum SelinuxState
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>It refuses.</summary>
    Enforcing,

    /// <summary>It only logs.</summary>
    Permissive,

    /// <summary>It is off.</summary>
    Disabled,
}
