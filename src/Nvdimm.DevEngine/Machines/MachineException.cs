namespace Nvdimm.DevEngine.Machines;

/// <summary>libvirt did not answer, or a request to it failed.</summary>
internal sealed class MachineException(string message, Exception? inner = null) : Exception(message, inner);
