namespace Nvdimm.DevEngine.Machines;

/// <summary>libvirt could not be asked, or did not do what it was asked for.</summary>
internal sealed class MachineException(string message, Exception? inner = null) : Exception(message, inner);
