package slidefield.nn;

import java.util.List;

/** Modules one after the other, named "0", "1", ... */
public final class Sequential extends Module {
    private final List<Module> modules;

    /**
     * @param modules applied in this order; none at all is the identity
     */
    public Sequential(Module... modules) {
        this(List.of(modules));
    }

    /**
     * @param modules applied in this order; none at all is the identity
     */
    public Sequential(List<? extends Module> modules) {
        this.modules = List.copyOf(modules);
        for (int i = 0; i < this.modules.size(); i++) {
            child(Integer.toString(i), this.modules.get(i));
        }
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor result = x;
        for (Module module : modules) {
            result = module.forward(result);
        }
        return result;
    }
}
