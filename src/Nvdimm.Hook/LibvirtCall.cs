namespace Nvdimm.Hook;

/// <summary>
/// The arguments with which libvirt calls its QEMU hook (libvirt 9.0.0 <c>docs/hooks.rst</c>). Further arguments are ignored: a later
/// libvirt may add some.
/// </summary>
/// <param name="Guest">The domain's name.</param>
/// <param name="Operation">The operation, such as <c>prepare</c>.</param>
/// <param name="SubOperation">The part of the operation: <c>begin</c> or <c>end</c>.</param>
internal sealed record LibvirtCall(string Guest, string Operation, string SubOperation)
{
    /// <summary>The word that selects libvirt's hook on a command line by hand.</summary>
    public const string Point = "qemu";

    /// <summary>The least number of arguments; libvirt passes one more.</summary>
    public const int Least = 3;

    /// <summary>The operation and its part, separated by a blank.</summary>
    public string Name => $"{Operation} {SubOperation}";

    /// <summary>Reads the call from arguments; null if there are too few.</summary>
    public static LibvirtCall? Of(IReadOnlyList<string> arguments) =>
        arguments.Count < Least ? null : new LibvirtCall(arguments[0], arguments[1], arguments[2]);
}
