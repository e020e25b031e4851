namespace Nvdimm.Hook;

/// <summary>
/// What libvirt calls a hook of QEMU with (libvirt 9.0.0 <c>docs/hooks.rst</c>). More arguments than these are passed over, since a later libvirt may
/// give them.
/// </summary>
/// <param name="Guest">The domain's name.</param>
/// <param name="Operation">The operation, such as <c>prepare</c>.</param>
/// <param name="SubOperation">Its part: <c>begin</c> or <c>end</c>.</param>
internal sealed record LibvirtCall(string Guest, string Operation, string SubOperation)
{
    /// <summary>What stands for libvirt's hook on a command line by hand.</summary>
    public const string Point = "qemu";

    /// <summary>How many arguments it takes at least; libvirt gives one more.</summary>
    public const int Least = 3;

    /// <summary>The operation and its part.</summary>
    public string Name => $"{Operation} {SubOperation}";

    /// <summary>The call in arguments; null where there are too few.</summary>
    public static LibvirtCall? Of(IReadOnlyList<string> arguments) =>
        arguments.Count < Least ? null : new LibvirtCall(arguments[0], arguments[1], arguments[2]);
}
