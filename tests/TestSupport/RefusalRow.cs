namespace Nvdimm.Extensions.TestSupport;

/// <summary>A domain, and what libvirt 9.0.0 and QEMU 7.2 say of it.</summary>
/// <param name="Name">What is particular to it.</param>
/// <param name="Xml">The domain.</param>
/// <param name="Code">The code of the prediction; null where none is expected.</param>
/// <param name="Libvirt">What libvirt 9.0.0 says when it is given the domain; null where it accepts it.</param>
/// <param name="Qemu">What QEMU 7.2 says when it is started with it; null where it starts, or is never asked.</param>
public sealed record RefusalRow(string Name, string Xml, string? Code = null, string? Libvirt = null, string? Qemu = null)
{
    /// <summary>Whether the domain does not start.</summary>
    public bool IsRefused => Libvirt is not null || Qemu is not null;

    public override string ToString() => Name;
}
