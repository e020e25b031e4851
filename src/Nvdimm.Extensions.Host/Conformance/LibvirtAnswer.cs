namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>What libvirt makes of an NVDIMM: the backend that it gives QEMU, or its refusal.</summary>
/// <param name="Command">What reproduces it in a shell.</param>
/// <param name="Backend">The backend; null where libvirt refuses.</param>
/// <param name="Refusal">Its own words; null where it does not refuse.</param>
internal sealed record LibvirtAnswer(string Command, QemuBackend? Backend, string? Refusal);
