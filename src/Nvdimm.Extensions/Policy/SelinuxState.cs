namespace Nvdimm.Extensions.Policy;

/// <summary>The mode of SELinux on a host.</summary>
public enum SelinuxState
{
    /// <summary>The mode is not known.</summary>
    Unknown,

    /// <summary>SELinux enforces its policy.</summary>
    Enforcing,

    /// <summary>SELinux logs violations and allows them.</summary>
    Permissive,

    /// <summary>SELinux is off.</summary>
    Disabled,
}
