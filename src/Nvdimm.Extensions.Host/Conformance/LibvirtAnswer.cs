namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>libvirt's answer about an NVDIMM: the backend that it passes to QEMU, or its refusal.</summary>
/// <param name="Command">A shell command that reproduces it.</param>
/// <param name="Backend">The backend; null if libvirt refuses.</param>
/// <param name="Refusal">libvirt's own words; null if it does not refuse.</param>
internal sealed record LibvirtAnswer(string Command, QemuBackend? Backend, string? Refusal);
